import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as tick } from 'node:timers/promises';
import type { Session } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import { lockSession, openWindow, windowOptions } from '../../../../electron/main/windows.ts';
import { placeWindow, readWindowState } from '../../../../electron/main/windowState.ts';
import { BrowserWindow, openedOutside } from '../../../helpers/electronMock.ts';

const screenOf = (width: number, height: number) => ({ x: 0, y: 0, width, height });

describe('the window', () => {
  test('opens sandboxed with its preload', () => {
    const options = windowOptions(
      placeWindow(null, [screenOf(1920, 1080)]),
      '/p/preload.cjs',
      true,
    );
    expect(options).toMatchObject({
      minWidth: 1100,
      minHeight: 700,
      webPreferences: {
        preload: '/p/preload.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
      },
    });
  });

  test('stays on our page, attaches nothing, opens only known places outside', async () => {
    const stateFile = join(mkdtempSync(join(tmpdir(), 'salience-win-')), 'window.json');
    openWindow('/preload', stateFile, false);
    const window = BrowserWindow.opened.at(-1) as BrowserWindow;
    expect(window.loaded).toBe('app://bundle/index.html');
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-attach-webview']) {
      const preventDefault = vi.fn();
      window.webContents.emit(name, { preventDefault, url: 'https://evil.example/' });
      expect(preventDefault, name).toHaveBeenCalledOnce();
    }
    expect(window.webContents.openHandler?.({ url: 'https://github.com/a' })).toEqual({
      action: 'deny',
    });
    expect(window.webContents.openHandler?.({ url: 'https://evil.example/' })).toEqual({
      action: 'deny',
    });
    await tick();
    expect(openedOutside).toEqual(['https://github.com/a']);
    window.emit('close');
    expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toEqual({
      x: 1,
      y: 2,
      width: 1300,
      height: 800,
      maximized: false,
    });
  });

  test('denies permissions and devices to its session', () => {
    const handlers: Record<string, (...args: never[]) => unknown> = {};
    const session = new Proxy(
      {},
      {
        get: (_, name: string) => (handler: (...args: never[]) => unknown) =>
          (handlers[name] = handler),
      },
    );
    lockSession(session as Session);
    const answer = vi.fn();
    (handlers['setPermissionRequestHandler'] as (...args: unknown[]) => void)({}, 'media', answer, {
      requestingUrl: 'app://bundle/',
    });
    expect(answer).toHaveBeenCalledWith(false);
    expect(
      (handlers['setPermissionCheckHandler'] as (...args: unknown[]) => unknown)(
        {},
        'geolocation',
        'app://bundle',
      ),
    ).toBe(false);
    expect(handlers['setDevicePermissionHandler']?.()).toBe(false);
  });
});

describe('where the window opens', () => {
  test('comes back onto a screen when its own is gone', () => {
    const lost = { x: 5000, y: 0, width: 1400, height: 900, maximized: true };
    expect(placeWindow(lost, [screenOf(1920, 1080)])).toEqual({
      x: 260,
      y: 90,
      width: 1400,
      height: 900,
      maximized: true,
    });
  });

  test('keeps its place while a quarter of it is in view', () => {
    const kept = { x: 100, y: 50, width: 1400, height: 900, maximized: false };
    expect(placeWindow(kept, [screenOf(1920, 1080)])).toEqual(kept);
  });

  test('a damaged state file means a first start, not a failure', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'salience-win-')), 'window.json');
    expect(readWindowState(file)).toBeNull();
    writeFileSync(file, '{"x":"left"');
    expect(readWindowState(file)).toBeNull();
  });
});
