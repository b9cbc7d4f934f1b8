// Why no Electron window opened, from what a binary says that is refused; played by scripts.
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  refusedBeforehand,
  runElectron,
  whyNoWindow,
} from '../../../../build/system/desktopWindow.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

test('root gets no window on Linux, and everybody else may try', () => {
  expect(refusedBeforehand('linux', 0)).toContain('does not open for root');
  expect(refusedBeforehand('linux', 1000)).toBeNull();
  expect(refusedBeforehand('darwin', 0)).toBeNull();
  expect(refusedBeforehand('win32', undefined)).toBeNull();
});

describe.skipIf(process.platform === 'win32')('a binary that is refused', () => {
  async function endOf(script: string) {
    await using folder = await temporaryFolder();
    const program = join(folder.path, 'electron');
    await writeFile(program, `#!/bin/sh\n${script}\n`);
    await chmod(program, 0o755);
    return await runElectron(program, []);
  }

  test.each([
    [
      'echo "FATAL:setuid_sandbox_host.cc(163)] The SUID sandbox helper binary was found, but is not configured correctly." >&2; kill -TRAP $$',
      /no sandbox .*Ubuntu since 23.10/,
    ],
    ['echo "FATAL:zygote_host_impl_linux.cc] No usable sandbox!" >&2; kill -ABRT $$', /no sandbox/],
    [
      'echo "electron: error while loading shared libraries: libgtk-3.so.0: cannot open shared object file: No such file or directory" >&2; exit 127',
      /system library libgtk-3\.so\.0/,
    ],
    ['echo "Missing X server or \\$DISPLAY" >&2; exit 1', /no display/],
  ])('says why: %s', async (script, words) => {
    expect(whyNoWindow(await endOf(script))).toMatch(words);
  });

  test.each(['exit 0', 'exit 1', 'kill -SEGV $$', 'echo "No usable sandbox" >&2; exit 0'])(
    'is not made up: %s',
    async (script) => {
      expect(whyNoWindow(await endOf(script))).toBeNull();
    },
  );

  test('that is missing ends with the reason', async () => {
    await using folder = await temporaryFolder();
    const ended = await runElectron(join(folder.path, 'none'), []);
    expect(ended).toMatchObject({ code: 1, said: expect.stringContaining('ENOENT') });
  });
});
