// What the window's process does when something of it ends, hangs, or cannot be written.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as tick } from 'node:timers/promises';
import type { BrowserWindow as Window } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { aboutBox, aboutFacts, showAbout } from '../../../../../electron/main/about.ts';
import {
  catchFaults,
  faultCounter,
  startFailed,
} from '../../../../../electron/main/system/faults.ts';
import { openLog } from '../../../../../electron/main/system/log.ts';
import { watchPage, watchProcesses } from '../../../../../electron/main/window/pageFaults.ts';
import {
  app,
  boxes,
  BrowserWindow,
  dialogAnswers,
  openedPaths,
} from '../../../../helpers/standIns/electronMock.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

let log: string[];
beforeEach(() => {
  log = [];
  boxes.length = 0;
  app.asked.length = 0;
  dialogAnswers.button = 0;
});
afterEach(() => void app.removeAllListeners('child-process-gone'));

const opened = () => {
  const window = new BrowserWindow({});
  watchPage(window as unknown as Window, (line) => log.push(line));
  return window;
};
const end = async (window: BrowserWindow, reason = 'crashed') => {
  window.webContents.emit('render-process-gone', {}, { reason, exitCode: 5 });
  await tick();
};

describe('a page that ended', () => {
  test('is loaded again, and asks before it is loaded a third time', async () => {
    const window = opened();
    await end(window);
    expect([window.webContents.reloads, boxes.length]).toEqual([1, 0]);
    await end(window, 'oom');
    expect(boxes[0]?.detail).toContain('Your projects are as they were');
    expect(window.webContents.reloads).toBe(2);
    expect(log).toEqual(['page ended: crashed, code 5', 'page ended: oom, code 5']);
  });

  test('quits when the person wants that', async () => {
    const window = opened();
    await end(window);
    dialogAnswers.button = 1;
    await end(window);
    expect(app.asked.map(({ verb }) => verb)).toEqual(['quit']);
    expect(window.webContents.reloads).toBe(1);
  });

  test('because it was closed is left alone', async () => {
    const window = opened();
    await end(window, 'clean-exit');
    expect(window.webContents.reloads).toBe(0);
  });
});

describe('a page that hangs', () => {
  test('is ended only when the person says so', async () => {
    const window = opened();
    window.emit('unresponsive');
    await tick();
    expect(window.webContents.crashes).toBe(0);
    dialogAnswers.button = 1;
    window.emit('unresponsive');
    await tick();
    expect([boxes.length, window.webContents.crashes]).toEqual([2, 1]);
  });

  test('is asked about once, and not any more when it answers again', async () => {
    const window = opened();
    dialogAnswers.button = -1;
    window.emit('unresponsive');
    window.emit('unresponsive');
    await tick();
    expect(boxes).toHaveLength(1);
    window.emit('responsive');
    await tick();
    expect(window.webContents.crashes).toBe(0);
    expect(log.at(-1)).toBe('page answers again');
  });
});

describe('a graphics process that ended', () => {
  const lose = async (type = 'GPU') => {
    app.emit('child-process-gone', {}, { type, reason: 'crashed', exitCode: 1, name: 'driver' });
    await tick();
  };

  test('is noted; when it does not stay, the program may start without it', async () => {
    const window = new BrowserWindow({});
    watchProcesses(
      () => window as unknown as Window,
      (line) => log.push(line),
    );
    await lose();
    await lose('Utility');
    await lose();
    expect([boxes.length, log.length]).toEqual([0, 3]);
    await lose();
    await lose();
    expect(boxes).toHaveLength(1);
    expect(app.asked.map(({ verb }) => verb)).toEqual(['relaunch', 'quit']);
    expect((app.asked[0]!.value as { args: string[] }).args).toContain('--disable-gpu');
  });

  test('faults far apart are no series', () => {
    let now = 0;
    const counter = faultCounter(2, 1000, () => now);
    expect(counter.tooMany()).toBe(false);
    now = 1001;
    expect(counter.tooMany()).toBe(false);
    now = 1500;
    expect(counter.tooMany()).toBe(true);
  });
});

describe('errors that nobody caught', () => {
  test('are in the log and end nothing', () => {
    const before = new Set(process.listeners('uncaughtException'));
    const rejections = new Set(process.listeners('unhandledRejection'));
    catchFaults((line) => log.push(line));
    const caught = process.listeners('uncaughtException').find((one) => !before.has(one))!;
    const rejected = process.listeners('unhandledRejection').find((one) => !rejections.has(one))!;
    caught(new Error('a stream was closed'), 'uncaughtException');
    rejected('no reason', Promise.resolve());
    expect(log[0]).toMatch(/^not caught: Error: a stream was closed\n +at /);
    expect(log[1]).toBe('not caught: no reason');
    process.off('uncaughtException', caught);
    process.off('unhandledRejection', rejected);
  });

  test('of the start are told, with where the log lies', () => {
    startFailed(new Error('no display'), (line) => log.push(line), '/logs/salience.log');
    expect(boxes[0]).toMatchObject({
      message: 'Salience cannot start',
      detail: expect.stringMatching(/^no display\n[^]*\/logs\/salience\.log$/),
    });
    expect(app.asked).toEqual([{ verb: 'exit', value: 1 }]);
  });
});

describe('the log', () => {
  test('keeps lines in order, for its owner only, in two files of bounded size', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'logs/salience.log');
    const write = openLog(file);
    write('first');
    expect(readFileSync(file, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT\S+ first\r?\n$/);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    for (let line = 0; line < 60; line++) write(`${line} ${'x'.repeat(100_000)}`);
    const files = readdirSync(join(folder.path, 'logs'));
    expect(files).toHaveLength(2);
    const bytes = files.map((name) => statSync(join(folder.path, 'logs', name)).size);
    expect(Math.max(...bytes)).toBeLessThan(2_200_000);
    expect(readFileSync(file, 'utf8')).toContain('59 xxx');
  });

  test('that cannot be written loses lines, nothing else', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'blocked'), '');
    const said = vi.spyOn(console, 'log').mockReturnValue();
    const write = openLog(join(folder.path, 'blocked/salience.log'));
    expect(() => write('lost')).not.toThrow();
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });
});

describe('about the program', () => {
  const packageAt = (folder: string, homepage: string | undefined) => {
    const told = JSON.stringify({ version: '1.2.3', ...(homepage ? { homepage } : {}) });
    writeFileSync(join(folder, 'package.json'), told);
  };

  test('names the release page of a package that has one, and opens nothing unasked', async () => {
    await using folder = await temporaryFolder();
    packageAt(folder.path, 'https://github.com/a/b');
    mkdirSync(join(folder.path, 'licences'));
    const facts = aboutFacts(folder.path, folder.path);
    const { box, actions } = aboutBox(facts);
    expect(box.message).toBe('Salience 1.2.3');
    expect(box.detail).toContain('New versions are on https://github.com/a/b/releases');
    expect([actions, box.cancelId]).toEqual([['close', 'releases', 'licences'], 0]);
  });

  test.each([undefined, 'https://salience.invalid', 'http://github.com/a/b'])(
    'offers no page at %s',
    async (homepage) => {
      await using folder = await temporaryFolder();
      packageAt(folder.path, homepage);
      const { box, actions } = aboutBox(aboutFacts(folder.path, join(folder.path, 'none')));
      expect(actions).toEqual(['close']);
      expect(box.detail).toContain('New versions are where you got this one');
    },
  );

  test('opens what was chosen', async () => {
    await using folder = await temporaryFolder();
    packageAt(folder.path, undefined);
    mkdirSync(join(folder.path, 'licences'));
    app.appPath = folder.path;
    Object.assign(process, { resourcesPath: folder.path });
    dialogAnswers.button = 1;
    await showAbout(new BrowserWindow({}) as unknown as Window);
    expect(openedPaths).toEqual([join(folder.path, 'licences')]);
  });
});
