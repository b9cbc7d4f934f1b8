// The last folder of each kind of dialog, remembered between starts; before there is one, the person's own
// folders rather than Downloads, where dialogs of Electron 43 and newer start.
import { readFileSync } from 'node:fs';
import { writeIfPossible } from './atomicFile.ts';
import type { FolderMemory, PickKind } from './dialogs.ts';

/** Where a kind of dialog starts the first time; the system may not know the folder. */
const FIRST: Readonly<Record<PickKind, 'pictures' | 'documents'>> = {
  folder: 'pictures',
  project: 'documents',
  file: 'documents',
  save: 'documents',
};

/** A damaged or missing file remembers nothing; a disk that takes nothing keeps nothing. */
export function folderMemory(
  file: string,
  systemFolder: (name: 'pictures' | 'documents') => string,
): FolderMemory {
  let folders: Partial<Record<PickKind, string>> = {};
  try {
    folders = (JSON.parse(readFileSync(file, 'utf8')) ?? {}) as typeof folders;
  } catch {
    // First start, or a damaged file: nothing is remembered, nothing is lost.
    folders = {};
  }
  const first = (kind: PickKind): string | null => {
    try {
      return systemFolder(FIRST[kind]);
    } catch {
      // A system without such a folder: the dialog starts where it likes.
      return null;
    }
  };
  return {
    get: (kind) => folders[kind] ?? first(kind),
    set: (kind, folder) => {
      folders = { ...folders, [kind]: folder };
      writeIfPossible(file, JSON.stringify(folders));
    },
  };
}
