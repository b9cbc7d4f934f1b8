// How the link of `salience serve` is opened, with scripts in the place of browsers.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import {
  linkOpener,
  openAppWindow,
  whyNoBrowser,
  type Desk,
} from '../../../../../electron/hosts/browser/appWindow.ts';
import { browserPlaces } from '../../../../../electron/hosts/browser/browsers.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const URL = 'http://127.0.0.1:9/?token=t';
const desk: Desk = {
  platform: 'linux',
  userId: 1000,
  env: { DISPLAY: ':0' },
  browser: null,
};

test.each([
  [{}, null],
  [{ env: {} }, /no display/],
  [{ env: { WAYLAND_DISPLAY: 'wayland-0' } }, null],
  [{ userId: 0 }, /for root/],
  [{ userId: 0, env: { DISPLAY: ':0', SALIENCE_CHROMIUM: '/my/own' } }, null],
  [{ platform: 'darwin', env: {}, userId: 0 }, null],
  [{ platform: 'win32', env: {}, userId: undefined }, null],
] as const)('whether a browser may open for %j', (change, words) => {
  const why = whyNoBrowser({ ...desk, ...change });
  if (words === null) expect(why).toBeNull();
  else expect(why).toMatch(words);
});

test('every system opens links in its own way', () => {
  expect(linkOpener('linux', URL)).toEqual(['xdg-open', [URL]]);
  expect(linkOpener('darwin', URL)).toEqual(['open', [URL]]);
  expect(linkOpener('win32', URL)).toEqual(['rundll32', ['url.dll,FileProtocolHandler', URL]]);
});

test("browsers are looked for where each system's installers put them", () => {
  expect(browserPlaces('linux', '/home/me', {})).toContain('/snap/bin/chromium');
  const mac = browserPlaces('darwin', '/Users/me', {});
  expect(mac).toContain('/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge');
  expect(mac).toContain('/Users/me/Applications/Brave Browser.app/Contents/MacOS/Brave Browser');
  const env = { ProgramFiles: 'D:\\Programs', LOCALAPPDATA: 'C:\\Users\\me\\AppData\\Local' };
  const windows = browserPlaces('win32', 'C:\\Users\\me', env);
  expect(windows).toContain('D:\\Programs\\Google\\Chrome\\Application\\chrome.exe');
  expect(windows).toContain(
    'C:\\Users\\me\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
  );
});

describe.skipIf(process.platform === 'win32')('the app window', () => {
  /** The window of a browser that notes its arguments and then does `script`. */
  async function opened(script: string) {
    const folder = await temporaryFolder();
    const browser = join(folder.path, 'browser');
    const seen = join(folder.path, 'seen');
    await writeFile(
      browser,
      `#!/bin/sh\necho "$@" > '${seen}.part'\nmv '${seen}.part' '${seen}'\n${script}\n`,
    );
    await chmod(browser, 0o755);
    const lines: string[] = [];
    const closing = new AbortController();
    const window = openAppWindow(
      URL,
      { tell: (line) => lines.push(line), signal: closing.signal },
      { ...desk, browser },
    ).then(() => 'closed');
    return {
      lines,
      window,
      /** Whether it is open, and still after a while. */
      stays: async () => (await Promise.race([window, sleep(300)])) !== 'closed',
      seen: () => readFile(seen, 'utf8'),
      async [Symbol.asyncDispose]() {
        closing.abort();
        await folder[Symbol.asyncDispose]();
      },
    };
  }

  test('is a Chromium of its own, and closing it is told', async () => {
    await using app = await opened('exit 0');
    expect(await app.window).toBe('closed');
    const seen = await app.seen();
    expect(seen).toMatch(/^--app=file:\S+start\.html --user-data-dir=/);
    // The arguments of a process are no secret; the link is.
    expect(seen).not.toContain('token=t');
    expect(app.lines).toEqual([]);
  });

  test('stays open as long as a person wants', async () => {
    await using app = await opened('exec sleep 30');
    await expect.poll(app.seen).toContain('--app=');
    expect([await app.stays(), app.lines]).toEqual([true, []]);
  });

  test('that cannot be opened does not end the program, and is told', async () => {
    // A browser of a busy machine may take long to end; by this clock it is never too long.
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    await using app = await opened('exit 1');
    await expect.poll(() => app.lines[0]).toMatch(/could not open the window \(exit code 1\)/);
    expect(await app.stays()).toBe(true);
    clock.mockRestore();
  });
});
