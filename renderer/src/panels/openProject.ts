// Choosing what to open: the system's dialog on the desktop, our own browser elsewhere.
import { desktopBridge } from '../host/desktop.ts';
import type { App } from '../state/app.svelte.ts';

export function chooseFolder(app: App): void {
  const bridge = desktopBridge();
  if (!bridge || !app.session.nativeDialogs) {
    app.dialog = 'openFolder';
    return;
  }
  void app.attempt(async () => {
    const folder = await bridge.pick('folder');
    if (folder !== null) await app.openFolder(folder);
  });
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
