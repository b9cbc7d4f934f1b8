// Native dialogs, each starting where the last of its kind ended.
import { statSync } from 'node:fs';
import { dirname, extname, isAbsolute, join } from 'node:path';
import type { BrowserWindow, FileFilter, OpenDialogOptions } from 'electron';
import { dialog } from 'electron';
import { isProjectFile } from '../system/singleInstance.ts';

export type PickKind = 'folder' | 'project' | 'file' | 'save';

const OPEN: Readonly<Record<Exclude<PickKind, 'save'>, OpenDialogOptions>> = {
  folder: { title: 'Open a folder of images', properties: ['openDirectory', 'createDirectory'] },
  project: {
    title: 'Open a project',
    properties: ['openFile'],
    filters: [{ name: 'Salience project', extensions: ['salience'] }],
  },
  file: {
    title: 'Choose a file',
    properties: ['openFile'],
    filters: [
      { name: 'COCO and other labels', extensions: ['json', 'xml'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
};

export const isPickKind = (value: unknown): value is PickKind =>
  value === 'save' || (typeof value === 'string' && Object.hasOwn(OPEN, value));

/** A file name without a path; what the page suggests must not choose a folder, hide a file or turn its ending round. */
export const safeName = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replace(/[/\\:*?"<>|\p{C}]/gu, '_')
        .replace(/^\.+/, '_')
        .slice(0, 120)
    : '';

/** Files of the kind that the suggested name has, then all. */
function saveFilters(suggestedName: string): FileFilter[] {
  const ending = extname(suggestedName).slice(1);
  const all = { name: 'All files', extensions: ['*'] };
  return ending === ''
    ? [all]
    : [{ name: `${ending.toUpperCase()} file`, extensions: [ending] }, all];
}

export interface FolderMemory {
  get(kind: PickKind): string | null;
  set(kind: PickKind, folder: string): void;
}

/** Windows' names for devices; a person drops none. */
const DEVICE = /^[\\/]{2}[.?][\\/]/;

/**
 * What a dropped path stands for: a folder or project itself, of any other ordinary file its folder. The
 * word comes from a page: null for everything else, as an opened project is an ordinary file as well.
 */
export function droppedPath(value: unknown): string | null {
  if (typeof value !== 'string' || !isAbsolute(value) || DEVICE.test(value)) return null;
  try {
    const info = statSync(value);
    if (info.isDirectory()) return value;
    if (!info.isFile()) return null;
    return isProjectFile(value) ? value : dirname(value);
  } catch {
    // Not there, no name that a disk knows, or links in a circle.
    return null;
  }
}

/** Path that the person chose, or null. */
export async function pick(
  window: BrowserWindow,
  kind: PickKind,
  suggestedName: string,
  memory: FolderMemory,
): Promise<string | null> {
  const start = memory.get(kind);
  let chosen: string | undefined;
  if (kind === 'save') {
    const defaultPath = start ? join(start, suggestedName) : suggestedName;
    const filters = saveFilters(suggestedName);
    const answer = await dialog.showSaveDialog(window, { title: 'Save as', defaultPath, filters });
    chosen = answer.filePath || undefined;
  } else {
    const { canceled, filePaths } = await dialog.showOpenDialog(
      window,
      start ? { ...OPEN[kind], defaultPath: start } : OPEN[kind],
    );
    chosen = canceled ? undefined : filePaths[0];
  }
  if (chosen === undefined) return null;
  memory.set(kind, kind === 'folder' ? chosen : dirname(chosen));
  return chosen;
}
