// The window: locked down, remembered, one page.
import { join } from 'node:path';
import type {
  App,
  BrowserWindow as Window,
  BrowserWindowConstructorOptions,
  Session,
  WebContents,
} from 'electron';
import { BrowserWindow, screen, shell } from 'electron';
import { trustContents } from '../ipc.ts';
import { APP_START, mayNavigate, mayOpenOutside, mayUse, WEB_PREFERENCES } from '../security.ts';
import type { WindowState } from './windowState.ts';
import { placeWindow, readWindowState, SMALLEST, writeWindowState } from './windowState.ts';

/** Options of the one window; pure, so that a test holds them. */
export function windowOptions(
  state: WindowState,
  preload: string,
  dark: boolean,
): BrowserWindowConstructorOptions {
  return {
    x: state.x,
    y: state.y,
    width: state.width,
    height: state.height,
    // A screen may be smaller than what is laid out for.
    minWidth: Math.min(SMALLEST.width, state.width),
    minHeight: Math.min(SMALLEST.height, state.height),
    title: 'Salience',
    backgroundColor: dark ? '#1a1a1c' : '#f1f1f3',
    show: false,
    autoHideMenuBar: true,
    webPreferences: { ...WEB_PREFERENCES, preload },
  };
}

/** Denies every permission and device to the session, before any page loads. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayUse(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  session.setDevicePermissionHandler(() => false);
}

/**
 * Keeps contents on the program's own page: no other address, no embedded content, links only to known places
 * outside.
 */
function keepOnOurPage(contents: WebContents): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) setImmediate(() => void shell.openExternal(url));
    return { action: 'deny' };
  });
}

/** Applied to every web contents from its first moment, whoever made it. */
export function guardContents(app: App): void {
  app.on('web-contents-created', (_event, contents) => keepOnOurPage(contents));
}

/** Opens the window. */
export function openWindow(preloadFolder: string, stateFile: string, dark: boolean): Window {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const state = placeWindow(readWindowState(stateFile), screens);
  const window = new BrowserWindow(windowOptions(state, join(preloadFolder, 'preload.cjs'), dark));
  trustContents(window.webContents);
  if (state.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () =>
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() }),
  );
  void window.loadURL(APP_START);
  return window;
}
