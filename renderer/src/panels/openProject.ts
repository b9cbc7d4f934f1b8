// Choosing what to open: the system's dialog on the desktop, the window's own folder browser elsewhere.
import { desktopBridge } from '../host/desktop.ts';
import type { Handle } from '../../../electron/api/types.ts';
import type { App } from '../state/app.svelte.ts';

/** Asks in the system's own dialog; false = there is none, and the page has to show its own. */
export function askSystem(
  app: App,
  kind: 'folder' | 'project' | 'file',
  use: (chosen: Handle) => unknown,
): boolean {
  const bridge = desktopBridge();
  if (!bridge || !app.session.nativeDialogs) return false;
  void app.attempt(async () => {
    const chosen = await bridge.pick(kind);
    if (chosen !== null) await use(chosen);
  });
  return true;
}

export function chooseFolder(app: App): void {
  if (!askSystem(app, 'folder', (folder) => app.openFolder(folder))) app.dialog = 'openFolder';
}

export function chooseProject(app: App): void {
  if (!askSystem(app, 'project', (file) => app.openFile(file))) app.dialog = 'openProject';
}
