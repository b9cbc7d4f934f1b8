// Choosing what to open: the system's dialog on the desktop, our own browser elsewhere.
import { desktopBridge } from '../host/desktop.ts';
import type { Handle } from '../../../electron/api/types.ts';
import type { App } from '../state/app.svelte.ts';

/** Asks in the system's own dialog; false = there is none, and the page has to show its own. */
export function askFolder(app: App, use: (folder: Handle) => Promise<unknown>): boolean {
  const bridge = desktopBridge();
  if (!bridge || !app.session.nativeDialogs) return false;
  void app.attempt(async () => {
    const folder = await bridge.pick('folder');
    if (folder !== null) await use(folder);
  });
  return true;
}

export function chooseFolder(app: App): void {
  if (!askFolder(app, (folder) => app.openFolder(folder))) app.dialog = 'openFolder';
}

export function chooseProject(app: App): void {
  const bridge = desktopBridge();
  if (!bridge || !app.session.nativeDialogs) {
    app.dialog = 'openProject';
    return;
  }
  void app.attempt(async () => {
    const file = await bridge.pick('project');
    if (file !== null) await app.openFile(file);
  });
}
