// Keyrings by command: secrets on stdin and stdout only, and memory where no keyring answers.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  keyringSecrets,
  type CommandResult,
  type RunCommand,
} from '../../../../../electron/engine/secrets/keyring.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const HOST = 'hub.example:8443';
const SECRET = 'hf_Secret0123';

/** A Mac's keychain that takes the commands which `security -i` reads. */
function keychain() {
  const kept = new Map<string, string>();
  const calls: { args: readonly string[]; stdin: string }[] = [];
  const missing: CommandResult = { code: 44, stdout: '', stderr: 'could not be found' };
  const run: RunCommand = async (_command, args, stdin) => {
    calls.push({ args, stdin });
    const name = args[args.indexOf('-a') + 1] ?? '';
    if (args[0] === '-i') {
      const [, account, hex] = /-a (\S+) -X ([0-9a-f]+)\n$/.exec(stdin) ?? [];
      kept.set(account ?? '', Buffer.from(hex ?? '', 'hex').toString());
      return { code: 0, stdout: '', stderr: '' };
    }
    if (args[0] === 'delete-generic-password')
      return kept.delete(name) ? { code: 0, stdout: '', stderr: '' } : missing;
    const secret = kept.get(name);
    return secret === undefined ? missing : { code: 0, stdout: `${secret}\n`, stderr: '' };
  };
  return { run, calls };
}

describe('the keyring of a Mac', () => {
  it('keeps, gives and forgets; the secret is never an argument', async () => {
    const { run, calls } = keychain();
    const secrets = keyringSecrets('darwin', run);
    expect(await secrets.lasts()).toBe(true);
    expect(await secrets.get(HOST)).toBeNull();
    expect(await secrets.set(HOST, SECRET)).toBe(true);
    expect(await keyringSecrets('darwin', run).get(HOST)).toBe(SECRET);
    await secrets.remove(HOST);
    expect(await secrets.get(HOST)).toBeNull();
    expect(JSON.stringify(calls.map(({ args }) => args))).not.toContain(SECRET);
  });

  it('refuses a name that would be a command of its own', async () => {
    const { run } = keychain();
    await expect(keyringSecrets('darwin', run).set('a\ndelete-keychain', SECRET)).rejects.toThrow(
      'host',
    );
  });
});

describe('the keyring of Linux', () => {
  const path = process.env['PATH'];
  afterEach(() => {
    process.env['PATH'] = path;
  });

  /** A stand-in for secret-tool that keeps one secret in a file and writes down its arguments. */
  async function standIn(folder: string, script: string): Promise<void> {
    const file = join(folder, 'secret-tool');
    await writeFile(file, `#!/bin/sh\ncd '${folder}'\necho "$@" >> calls\n${script}\n`);
    await chmod(file, 0o755);
    process.env['PATH'] = `${folder}:${path}`;
  }
  const WORKING = `case "$1" in
    store) cat > kept ;;
    lookup) [ "$5" = '${HOST}' ] && [ -f kept ] && cat kept || exit 1 ;;
    clear) rm -f kept ;;
  esac`;

  it.skipIf(process.platform === 'win32')(
    'keeps, gives and forgets through secret-tool; the secret is never an argument',
    async () => {
      await using folder = await temporaryFolder();
      await standIn(folder.path, WORKING);
      const secrets = keyringSecrets('linux');
      expect(await secrets.lasts()).toBe(true);
      expect(await secrets.set(HOST, SECRET)).toBe(true);
      expect(await keyringSecrets('linux').get(HOST)).toBe(SECRET);
      await secrets.remove(HOST);
      expect(await secrets.get(HOST)).toBeNull();
      expect(await readFile(join(folder.path, 'calls'), 'utf8')).not.toContain(SECRET);
    },
  );

  it.skipIf(process.platform === 'win32').each([
    ['no desktop session', 'echo "Cannot autolaunch D-Bus without X11" >&2; exit 1'],
    ['a store that forgets', '[ "$1" = store ] && cat > /dev/null && exit 0; exit 1'],
  ])('with %s a secret lives until the program ends', async (_what, script) => {
    await using folder = await temporaryFolder();
    await standIn(folder.path, script);
    const secrets = keyringSecrets('linux');
    expect(await secrets.set(HOST, SECRET)).toBe(false);
    expect(await secrets.get(HOST)).toBe(SECRET);
    expect(await keyringSecrets('linux').get(HOST)).toBeNull();
  });

  it('without the command nothing lasts, and nothing fails', async () => {
    process.env['PATH'] = '/nowhere';
    const secrets = keyringSecrets('linux');
    expect(await secrets.lasts()).toBe(false);
    expect(await secrets.set(HOST, SECRET)).toBe(false);
    expect(await secrets.get(HOST)).toBe(SECRET);
  });
});

it('Windows without its window has no keyring by command', async () => {
  expect(await keyringSecrets('win32').lasts()).toBe(false);
});
