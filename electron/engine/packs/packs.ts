// Which packs can be used and where they lie: the ones that came with the program and the installed ones.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { AppError } from '../../api/errors.ts';
import { ModelError } from '../../../models/errors.ts';
import type { PackManifest } from '../../../models/packs/manifest.ts';
import { MANIFEST_FILE, packHash } from '../../../models/packs/manifest.ts';
import { packParameters } from '../../../models/packs/packDefaults.ts';
import { readManifest } from '../../../models/packs/packFolder.ts';
import type { PackChoice } from '../../link/facts.ts';
import { chooseDevice } from '../devices/choose.ts';
import { recordOf, reportsOf } from '../devices/records.ts';
import type { EngineContext, HostFacts } from '../context.ts';
import type { Project } from '../project/project.ts';

export interface KnownPack {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  readonly builtIn: boolean;
  readonly packHash: string;
  readonly manifest: PackManifest;
  /** Parameters the pack asks for, by dotted name. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Manifests by folder, read again when pack.json changes; more packs than this nobody has installed. */
const read = new LRUCache<string, { mtimeMs: number; pack: Omit<KnownPack, 'builtIn'> }>({
  max: 200,
});

/** The pack in a folder. Throws PACK_BROKEN with the reason. */
export async function packIn(folder: string, builtIn: boolean): Promise<KnownPack> {
  try {
    const { mtimeMs } = await stat(join(folder, MANIFEST_FILE));
    const known = read.get(folder);
    if (known?.mtimeMs === mtimeMs) return { ...known.pack, builtIn };
    const manifest = await readManifest(folder);
    const pack = {
      id: manifest.id,
      name: manifest.name,
      folder,
      packHash: packHash(manifest),
      manifest,
      parameters: packParameters(manifest),
    };
    read.set(folder, { mtimeMs, pack });
    return { ...pack, builtIn };
  } catch (error) {
    throw new AppError(
      'PACK_BROKEN',
      error instanceof ModelError ? error.message : 'The model pack cannot be read.',
      { cause: error },
    );
  }
}

/** Folders that may hold a pack, built-in ones first. */
async function packFolders({
  packs,
}: Pick<HostFacts, 'packs'>): Promise<{ folder: string; builtIn: boolean }[]> {
  const installed = await readdir(packs.installed, { withFileTypes: true }).catch(() => []);
  return [
    ...packs.builtIn.map((folder) => ({ folder, builtIn: true })),
    ...installed
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => ({ folder: join(packs.installed, entry.name), builtIn: false })),
  ];
}

/** Every pack that can be read, built-in ones first; broken ones are left out. */
export async function allPacks(context: {
  readonly host: Pick<HostFacts, 'packs'>;
}): Promise<KnownPack[]> {
  const folders = await packFolders(context.host);
  const packs = await Promise.all(
    folders.map(({ folder, builtIn }) => packIn(folder, builtIn).catch(() => null)),
  );
  return packs.filter((pack) => pack !== null);
}

/** Finds a pack by id; '' = the first that explains. Throws PACK_UNKNOWN or PACK_BROKEN. */
export async function findPack(
  context: { readonly host: Pick<HostFacts, 'packs'> },
  id: string,
): Promise<KnownPack> {
  let broken: unknown = null;
  for (const { folder, builtIn } of await packFolders(context.host)) {
    try {
      const pack = await packIn(folder, builtIn);
      if (pack.id === id || (id === '' && pack.manifest.kind === 'itm')) return pack;
    } catch (error) {
      if (folder.endsWith(id)) broken = error;
    }
  }
  if (broken !== null) throw broken;
  throw new AppError(
    'PACK_UNKNOWN',
    id === '' ? 'No model is installed.' : `The model ${id} is not installed. Get it in Models.`,
    { data: { id } },
  );
}

/** Packs that answer clicks, as they lie on the disk. Broken ones are left out. */
export async function clickPacks(context: Pick<EngineContext, 'host'>): Promise<KnownPack[]> {
  const found: KnownPack[] = [];
  for (const { folder, builtIn } of await packFolders(context.host)) {
    const pack = await packIn(folder, builtIn).catch(() => null);
    if (pack?.manifest.kind === 'segment') found.push(pack);
  }
  return found;
}

/** The pack that answers clicks: the one of the settings, else the first. Throws PACK_UNKNOWN. */
export async function clickPackOf(
  context: Pick<EngineContext, 'host' | 'settings'>,
): Promise<KnownPack> {
  const packs = await clickPacks(context);
  const { clickPackId } = context.settings.value();
  const pack = packs.find(({ id }) => id === clickPackId) ?? packs[0];
  if (pack) return pack;
  throw new AppError('PACK_UNKNOWN', 'No model for clicks is installed. Get one in Models.', {
    data: { id: '' },
  });
}

/** The same, null when it is not installed. A broken one is no answer: throws PACK_BROKEN. */
export async function packIfThere(
  context: Pick<EngineContext, 'host'>,
  id: string,
): Promise<KnownPack | null> {
  try {
    return await findPack(context, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'PACK_UNKNOWN') return null;
    throw error;
  }
}

/** The pack a project uses: its own choice, else the settings', else any. */
export async function packOf(context: EngineContext, project: Project): Promise<KnownPack> {
  return findPack(context, project.meta('packId') ?? context.settings.value().packId);
}

/** A pack with the settings it runs with. */
export function choiceOf(
  context: Pick<EngineContext, 'settings' | 'devices' | 'userDataFolder'>,
  pack: KnownPack,
): PackChoice {
  const { provider, threads, precision, lowMemory, modelsMib, vectorsMib } =
    context.settings.value();
  const record = recordOf(context.devices.value(), pack.id, pack.packHash);
  const devices = reportsOf(record, process.platform, process.arch);
  return {
    id: pack.id,
    folder: pack.folder,
    provider: chooseDevice(provider, devices).provider,
    threads,
    precision,
    lowMemory,
    bytes: pack.manifest.files.reduce((sum, file) => sum + file.bytes, 0),
    keep: { modelsMib, vectorsMib },
    // Lives in the cache folder, whose pruning may delete it; it is rebuilt on demand.
    formFolder: join(context.userDataFolder, 'cache', 'precision'),
    wordsFolder: join(context.userDataFolder, 'cache', 'words'),
    // No cache: what is gone there cannot be made again without the project.
    learnedFolder: join(context.userDataFolder, 'learned'),
  };
}
