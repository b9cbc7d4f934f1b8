// A file of the catalogue that a person fetched becomes a pack with the words of its entry.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelError } from '../../errors.ts';
import type { PackWords } from '../building/assemble.ts';
import { catalogueEntry } from './catalogue.ts';
import type { CatalogueEntry } from './entry.ts';

export interface Fetched {
  /** The weight file. */
  readonly source: string;
  readonly words: PackWords & { readonly id: string };
}

/** The build of entry `id` from the file at `place`, or from the file of its name in that folder. Throws ModelError. */
export async function fetchedBuild(id: string, place: string): Promise<Fetched> {
  const entry = catalogueEntry(id);
  return { source: await fileOf(entry, place), words: wordsOf(entry) };
}

async function fileOf({ id, byHand }: CatalogueEntry, place: string): Promise<string> {
  if (byHand === null)
    throw new ModelError('PACK_NOT_FOUND', {
      expected: 'an entry of the catalogue that people fetch, since a file is given',
      found: id,
      fix: `Leave the file out: "salience pack add ${id}" downloads it`,
    });
  const isThere = async (path: string, kind: 'isFile' | 'isDirectory') =>
    (await stat(path).catch(() => null))?.[kind]() === true;
  if (await isThere(place, 'isFile')) return place;
  const inside = join(place, byHand.file);
  if (await isThere(inside, 'isFile')) return inside;
  throw new ModelError('MODEL_FILE_UNREADABLE', {
    file: place,
    expected: `the file ${byHand.file}`,
    found: (await isThere(place, 'isDirectory')) ? 'a folder without it' : 'nothing there',
    fix: `Download it from ${byHand.address} first`,
  });
}

function wordsOf({ id, name, family, purpose, licence, notes, byHand }: CatalogueEntry) {
  const { address = '', separator } = byHand ?? {};
  return {
    id,
    name,
    family,
    purpose,
    licence,
    notes: `${notes} From ${address}`,
    ...(separator === undefined ? {} : { separator }),
  };
}
