// Browsing folders for hosts without native dialogs: names and handles, never paths.
import { opendir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import type { Output } from '../../api/methods.ts';
import type { BrowseEntry } from '../../api/methods/project.ts';
import type { Handle } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { folderTyped, placeOf } from './place.ts';
import { isImageName } from '../project/images/imageEndings.ts';

const MAX_ENTRIES = 2000;
/** Folders are counted only up to here; the number is a hint. */
const MAX_COUNTED = 500;

/** What a folder holds that can be opened: folders, projects, label files. `typed` is a path in its place. */
export async function browse(
  context: EngineContext,
  folder: Handle | null,
  typed?: string,
): Promise<Output<'project.browse'>> {
  const roots = context.host.roots.length > 0 ? context.host.roots : [homedir()];
  const path =
    typed !== undefined
      ? await folderTyped(typed)
      : folder === null
        ? roots[0]!
        : context.handles.pathOf(folder);
  const entryOf = (at: string, kind: BrowseEntry['kind'], images: number | null): BrowseEntry => ({
    handle: context.handles.handleOf(at),
    name: basename(at) || at,
    kind,
    images,
  });
  const entries: BrowseEntry[] = [];
  let images = 0;
  try {
    for await (const entry of await opendir(path)) {
      if (entry.name.startsWith('.')) continue;
      const at = join(path, entry.name);
      const extension = extname(entry.name).toLowerCase();
      if (isImageName(entry.name)) images += 1;
      if (entries.length >= MAX_ENTRIES) continue;
      if (entry.isDirectory()) entries.push(entryOf(at, 'folder', null));
      else if (extension === '.salience') entries.push(entryOf(at, 'project', null));
      else if (extension === '.json' || extension === '.xml')
        entries.push(entryOf(at, 'coco', null));
      else if (extension === '.zip' || extension === '.safetensors')
        entries.push(entryOf(at, 'file', null));
    }
  } catch (error) {
    throw new AppError('FOLDER_MISSING', `${basename(path)} cannot be read.`, { cause: error });
  }
  entries.sort(
    (a, b) =>
      Number(a.kind !== 'folder') - Number(b.kind !== 'folder') ||
      a.name.localeCompare(b.name, 'en', { numeric: true }),
  );
  const counted = await Promise.all(
    entries.map(async (entry, index) =>
      entry.kind === 'folder' && index < 50
        ? { ...entry, images: await imagesInside(context.handles.pathOf(entry.handle)) }
        : entry,
    ),
  );
  const parents: BrowseEntry[] = [];
  for (let at = path; dirname(at) !== at; at = dirname(at))
    parents.unshift(entryOf(dirname(at), 'folder', null));
  return { here: entryOf(path, 'folder', images), place: placeOf(path), parents, entries: counted };
}

async function imagesInside(path: string): Promise<number | null> {
  let images = 0;
  let looked = 0;
  try {
    for await (const entry of await opendir(path)) {
      if (isImageName(entry.name)) images += 1;
      looked += 1;
      if (looked >= MAX_COUNTED) break;
    }
    return images;
  } catch {
    // Not allowed to look inside: the count is only a hint.
    return null;
  }
}
