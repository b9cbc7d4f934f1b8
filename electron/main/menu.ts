// The application menu: commands by the ids that the page's command table uses, so that keys stay editable there.
import type { MenuItemConstructorOptions } from 'electron';

const item = (
  label: string,
  command: string,
  send: (command: string) => void,
): MenuItemConstructorOptions => ({ label, click: () => send(command) });

/** Template for this platform; `send` tells the focused page, `about` shows the version. */
export function menuTemplate(
  platform: NodeJS.Platform,
  send: (command: string) => void,
  about: () => void,
): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const file: MenuItemConstructorOptions[] = [
    item('Open a folder of images…', 'app.openFolder', send),
    item('Open a project…', 'app.openProject', send),
    item('Try the sample project', 'app.openSample', send),
    separator,
    item('Import labels…', 'app.import', send),
    item('Export…', 'app.export', send),
    separator,
    mac ? { role: 'close' } : { role: 'quit' },
  ];
  const edit: MenuItemConstructorOptions[] = [
    item('Undo', 'app.undo', send),
    item('Redo', 'app.redo', send),
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
  const view: MenuItemConstructorOptions[] = [
    item('Fit', 'view.fit', send),
    item('100 %', 'view.actual', send),
    separator,
    item('Command palette', 'app.palette', send),
    { role: 'togglefullscreen' },
  ];
  const help: MenuItemConstructorOptions[] = [
    item('Keys', 'app.keys', send),
    item('Models and devices', 'screen.models', send),
    separator,
    { label: 'Version and licences…', click: about },
  ];
  return [
    ...(mac ? [{ role: 'appMenu' as const }] : []),
    { label: '&File', submenu: file },
    { label: '&Edit', submenu: edit },
    { label: '&View', submenu: view },
    { label: '&Help', role: 'help', submenu: help },
  ];
}
