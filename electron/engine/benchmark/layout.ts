// Finding an official layout below, at or above the folder that was named, and pairing its files. What is
// missing is said in one line with the file and what was expected.
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { relativeNameFault, stemOf } from '../dataset/fileNames.ts';
import { readText } from '../dataset/text.ts';
import { readLabelPng } from '../evaluate/labelPng.ts';
import type { OpenedSet, SetFacts, SetItem } from './set.ts';

/** Files and folders of a layout; one of several names where a list stands. */
type Parts = readonly (string | readonly string[])[];

const there = (path: string) => stat(path).catch(() => null);

/** A fault of the person's copy of a data set. */
export const layoutFault = (message: string) => new AppError('IMPORT_INVALID', message);

/**
 * The folder that has all parts: the named one, one of `below` in it, or the same one and two levels up.
 * Throws IMPORT_INVALID with the first part that the likeliest folder lacks.
 */
export async function findBase(
  root: string,
  below: readonly string[],
  parts: Parts,
): Promise<string> {
  const named = resolve(root);
  if (!(await there(named))?.isDirectory())
    throw layoutFault(`There is no folder ${named}; --root names the folder of the data set.`);
  const up = [named, dirname(named), dirname(dirname(named))];
  const candidates = up.flatMap((folder) => [folder, ...below.map((sub) => join(folder, sub))]);
  let best = { missing: parts[0] as Parts[number], found: -1, folder: named };
  for (const folder of candidates) {
    let found = 0;
    let missing: Parts[number] | null = null;
    for (const part of parts) {
      if (await partIn(folder, part)) found += 1;
      else missing ??= part;
    }
    if (missing === null) return folder;
    if (found > best.found) best = { missing, found, folder };
  }
  const wanted = typeof best.missing === 'string' ? best.missing : best.missing.join(' or ');
  throw layoutFault(`${wanted} is missing in ${best.folder}; expected ${partsLine(parts)} there.`);
}

/** The part as it is called here, or null. */
export async function partIn(folder: string, part: Parts[number]): Promise<string | null> {
  for (const name of typeof part === 'string' ? [part] : part)
    if (await there(join(folder, name))) return name;
  return null;
}

const partsLine = (parts: Parts) =>
  parts.map((part) => (typeof part === 'string' ? part : part.join(' or '))).join(', ');

/** Names of a list file, one a line. Throws IMPORT_INVALID for a name that leads elsewhere. */
export async function readNames(base: string, list: string): Promise<string[]> {
  const names = new Set<string>();
  const lines = (await readText(join(base, list))).split('\n');
  for (const [index, line] of lines.entries()) {
    const name = line.trim();
    if (name === '') continue;
    const fault = relativeNameFault(name);
    if (fault !== null) throw layoutFault(`Line ${index + 1} of ${join(base, list)} ${fault}.`);
    if (names.has(name))
      throw layoutFault(`${join(base, list)} names ${name} twice; expected every image once.`);
    names.add(name);
  }
  if (names.size === 0) throw layoutFault(`${join(base, list)} names no image.`);
  return [...names];
}

/** File names of a folder with an ending, sorted. */
export async function filesIn(folder: string, ending: string, deep = false): Promise<string[]> {
  const entries = await readdir(folder, { recursive: deep }).catch((cause: unknown) => {
    throw new AppError('IMPORT_INVALID', `The folder ${folder} cannot be listed.`, { cause });
  });
  const files = entries
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.toLowerCase().endsWith(ending) && !basename(name).startsWith('.'));
  if (files.length === 0) throw layoutFault(`There is no *${ending} in ${folder}.`);
  return files.sort();
}

export interface PngLayout {
  readonly base: string;
  /** Folders of images and label maps, below `base`. */
  readonly images: string;
  readonly truth: string;
  /** By name of the image, its label map; both relative to their folders. */
  readonly pairs: ReadonlyMap<string, string>;
  /** Label of a pixel value; null for one that the data set does not have. */
  readonly labelOf: (value: number) => number | null;
  /** What values may be, for the message about another one. */
  readonly values: string;
}

/** A data set whose truth is a PNG per image. Throws IMPORT_INVALID for files that are not there. */
export async function openPngSet(facts: SetFacts, layout: PngLayout): Promise<OpenedSet> {
  const { base, pairs, labelOf, values } = layout;
  const images = join(base, layout.images);
  const truthFolder = join(base, layout.truth);
  await mustBeThere(images, [...pairs.keys()]);
  await mustBeThere(truthFolder, [...pairs.values()]);
  return {
    facts,
    images,
    items: [...pairs].map(([name, truth]): SetItem => ({ name, truth })),
    read: ({ truth }) => {
      const path = join(truthFolder, truth);
      return readLabelPng({ path, name: path }, labelOf, values);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function mustBeThere(folder: string, names: readonly string[]): Promise<void> {
  const entries = await readdir(folder, { recursive: true }).catch(() => null);
  if (!entries) throw layoutFault(`There is no folder ${folder}.`);
  const known = new Set(entries.map((name) => name.replaceAll('\\', '/')));
  const missing = names.filter((name) => !known.has(name));
  if (missing.length === 0) return;
  const more = missing.length > 1 ? ` (and ${missing.length - 1} more)` : '';
  throw layoutFault(`${join(folder, missing[0]!)} is missing${more}; the data set lists it.`);
}

/** Images of a folder beside label maps of equal stems. */
export function byStem(
  images: readonly string[],
  truthOf: (stem: string) => string,
): Map<string, string> {
  return new Map(images.map((name) => [name, truthOf(stemOf(name))]));
}
