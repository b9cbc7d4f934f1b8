import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as tick } from 'node:timers/promises';
import type { App, Session } from 'electron';
import { describe, expect, test, vi } from 'vitest';
import {
  guardContents,
  lockSession,
  openWindow,
  windowOptions,
} from '../../../../../electron/main/window/windows.ts';
import {
  placeWindow,
  readWindowState,
  writeWindowState,
} from '../../../../../electron/main/window/windowState.ts';
import {
  app,
  BrowserWindow,
  FakeContents,
  openedOutside,
} from '../../../../helpers/standIns/electronMock.ts';

const screenOf = (width: number, height: number) => ({ x: 0, y: 0, width, height });

guardContents(app as unknown as App);

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
    for (const name of [
      'will-navigate',
      'will-frame-navigate',
      'will-redirect',
      'will-attach-webview',
    ]) {
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

  test('contents that nobody meant to make stay on our page too', () => {
    const contents = new FakeContents();
    app.emit('web-contents-created', {}, contents);
    const preventDefault = vi.fn();
    contents.emit('will-redirect', { preventDefault, url: 'https://evil.example/' });
    contents.emit('will-navigate', { preventDefault, url: 'app://bundle/index.html' });
    expect(preventDefault).toHaveBeenCalledOnce();
    expect(contents.openHandler?.({ url: 'app://bundle/' })).toEqual({ action: 'deny' });
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

  test.each([
    ['a small screen at a large scale', 1093, 582],
    ['a tablet', 1024, 768],
  ])('%s holds the whole window', (_what, width, height) => {
    for (const saved of [null, { x: 0, y: 0, width: 1400, height: 900, maximized: false }]) {
      const state = placeWindow(saved, [screenOf(width, height)]);
      expect(state.width).toBeLessThanOrEqual(width);
      expect(state.height).toBeLessThanOrEqual(height);
      const { minWidth = 0, minHeight = 0 } = windowOptions(state, '/p', false);
      expect([minWidth <= width, minHeight <= height]).toEqual([true, true]);
    }
  });

  test('a disk that takes nothing does not keep the window from closing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'salience-win-'));
    writeFileSync(join(folder, 'blocked'), '');
    const state = { x: 0, y: 0, width: 1200, height: 800, maximized: false };
    expect(() => writeWindowState(join(folder, 'blocked/window.json'), state)).not.toThrow();
  });

  test('a damaged state file means a first start, not a failure', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'salience-win-')), 'window.json');
    expect(readWindowState(file)).toBeNull();
    writeFileSync(file, '{"x":"left"');
    expect(readWindowState(file)).toBeNull();
  });
});
