// The packs of this computer: list, find, remove. Folders that start with a dot are unfinished work
// of builds and downloads and never count as packs.
import { randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelError, shown } from '../errors.ts';
import type { PackManifest } from './manifest.ts';
import { readManifest, sizeProblem } from './packFolder.ts';
import type { PackPlaces } from './places.ts';

/** A pack folder as found; `manifest` is null and `problem` says why when it cannot be used. */
export interface StoredPack {
  /** The manifest's id, or the folder name where there is no manifest. */
  readonly id: string;
  readonly folder: string;
  readonly builtIn: boolean;
  readonly manifest: PackManifest | null;
  readonly problem: string | null;
  /** Size of its files as listed. */
  readonly bytes: number;
  /** Estimate of what it needs while running. Bytes. */
  readonly memoryBytes: number;
}

/**
 * Bytes of memory of a running model: F32 weights packed for the processor, and activations. BLIP large took
 * 2.04 GB for 1.78 GB of weights at 336 px (design: performance.md 2).
 */
export function memoryNeedBytes(parameters: number): number {
  return Math.round(parameters * 4 * 1.15) + 64 * 1024 * 1024;
}

/** All packs, built-in ones first, then by name. Broken ones are listed with their problem. */
export async function listPacks(places: PackPlaces): Promise<StoredPack[]> {
  const builtIn: StoredPack[] = [];
  for (const folder of places.builtIn)
    if (await exists(folder)) builtIn.push(await inspect(folder, true));
  const installed: StoredPack[] = [];
  const entries = await readdir(places.installed, { withFileTypes: true }).catch(() => []);
  for (const entry of entries)
    if (entry.isDirectory() && !entry.name.startsWith('.'))
      installed.push(await inspect(join(places.installed, entry.name), false));
  return [...builtIn, ...installed.sort((a, b) => nameOf(a).localeCompare(nameOf(b)))];
}

/** The usable pack of that id; throws PACK_NOT_FOUND or, for a broken one, PACK_INVALID. */
export async function findPack(
  places: PackPlaces,
  id: string,
): Promise<StoredPack & { readonly manifest: PackManifest }> {
  const packs = await listPacks(places);
  const same = packs.filter((pack) => pack.id === id);
  const usable = same.find((pack) => pack.problem === null) ?? same[0];
  if (usable === undefined)
    throw new ModelError('PACK_NOT_FOUND', {
      expected: `one of ${packs.map((pack) => pack.id).join(', ') || 'the installed packs (there are none)'}`,
      found: shown(id),
      fix: 'See the lists under Models, or "salience pack list" and "salience pack catalogue" on the command line',
    });
  const { manifest, problem } = usable;
  if (manifest === null || problem !== null)
    throw new ModelError('PACK_INVALID', {
      file: usable.folder,
      expected: `a usable pack ${id}`,
      found: problem ?? 'none',
      fix: `Remove it under Models, or with "salience pack remove ${id}" on the command line, and get it again`,
    });
  return { ...usable, manifest };
}

/** Folder where the pack `id` would be installed. */
export function installFolder(places: PackPlaces, id: string): string {
  return join(places.installed, id);
}

/**
 * Removes an installed pack, also a broken one; returns its folder. The checkpoint it was linked
 * from stays. Throws PACK_NOT_FOUND or PACK_READ_ONLY.
 */
export async function removePack(places: PackPlaces, id: string): Promise<string> {
  const same = (await listPacks(places)).filter((pack) => pack.id === id);
  const own = same.find((pack) => !pack.builtIn);
  if (own === undefined) {
    if (same.length > 0)
      throw new ModelError('PACK_READ_ONLY', {
        expected: 'an installed pack',
        found: `${shown(id)}, which belongs to the program`,
      });
    throw new ModelError('PACK_NOT_FOUND', { expected: 'an installed pack', found: shown(id) });
  }
  // First out of sight in one step: a removal that is interrupted must not leave half a pack.
  const doomed = join(places.installed, `.removing-${randomUUID()}`);
  await rename(own.folder, doomed);
  await rm(doomed, { recursive: true, force: true });
  return own.folder;
}

/** Deletes what interrupted builds and removals left behind; downloads in progress stay. */
export const sweepLeftovers = (places: PackPlaces): Promise<string[]> =>
  sweepUnfinished(places.installed);

/** The same for any folder that packs are built in. */
export async function sweepUnfinished(packsFolder: string): Promise<string[]> {
  const swept: string[] = [];
  for (const name of await readdir(packsFolder).catch(() => [])) {
    if (!/^\.(building|removing)-/.test(name)) continue;
    const folder = join(packsFolder, name);
    // A build that is running now has touched its folder just before.
    const age = Date.now() - (await stat(folder)).mtimeMs;
    if (age < 24 * 3600_000 && !name.startsWith('.removing-')) continue;
    await rm(folder, { recursive: true, force: true });
    swept.push(name);
  }
  return swept;
}

async function inspect(folder: string, builtIn: boolean): Promise<StoredPack> {
  const place = { folder, builtIn };
  let manifest: PackManifest;
  try {
    manifest = await readManifest(folder);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const id = folder.split(/[\\/]/).at(-1) ?? folder;
    return { ...place, id, manifest: null, problem: error.message, bytes: 0, memoryBytes: 0 };
  }
  let problem: string | null = null;
  for (const { path, bytes } of manifest.files) {
    const wrong = await sizeProblem(folder, path, bytes);
    if (wrong !== null) problem ??= `${path}: expected ${wrong.expected}, found ${wrong.found}`;
  }
  return {
    ...place,
    id: manifest.id,
    manifest,
    problem,
    bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0),
    memoryBytes: memoryNeedBytes(manifest.parameters),
  };
}

function nameOf({ manifest, id }: StoredPack): string {
  return manifest?.name ?? id;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
