// Which files the runtime needs for CUDA and who publishes them: read from the runtime's own package,
// so that they always fit its version. Where its folder may not be changed they go beside a copy of it.
import { access, constants, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, sep } from 'node:path';
import * as v from 'valibot';
import { AppError } from '../../../api/errors.ts';
import { ownRuntimeFolder } from '../../../api/wire/ownRuntime.ts';

/** Files of one package of a NuGet feed, and where they belong. */
export interface WantedLibraries {
  /** Service index of the feed. */
  readonly feed: string;
  readonly name: string;
  readonly version: string;
  /** Folder of the runtime's own library, or of the copy to be made of it: it looks for its providers beside itself. */
  readonly folder: string;
  /** What is to be copied there first; null = the folder is the runtime's own. */
  readonly copyFrom: string | null;
  readonly files: readonly { readonly inPackage: string; readonly name: string }[];
}

/** Where copies of the runtime's native files go that an installed program may not change. */
export const ownRuntimeIn = (userDataFolder: string): string => join(userDataFolder, 'runtime');

const SYSTEM = 'linux/x64';
/** A provider of the same package that is not used here, and by far not the smallest. */
const UNUSED = /tensorrt/;

const METADATA = v.object({
  manifests: v.record(
    v.string(),
    v.record(v.string(), v.object({ package: v.string(), path: v.string() })),
  ),
  packages: v.record(
    v.string(),
    v.object({
      name: v.string(),
      versions: v.array(v.object({ feed: v.string(), version: v.string() })),
    }),
  ),
  feeds: v.record(v.string(), v.object({ index: v.string() })),
});

/** What the installed runtime names for CUDA, under a key of an older version. Throws DEVICE_FAILED when it names nothing. */
export async function wantedLibraries(
  ownRuntime: string,
  runtimeFolder: string = folderOfRuntime(),
): Promise<WantedLibraries> {
  const require = createRequire(join(runtimeFolder, 'package.json'));
  // The package ships this list as a module of plain data.
  const read = v.safeParse(METADATA, require('./script/install-metadata.js'));
  const manifest = read.success ? read.output.manifests[`${SYSTEM}:cuda12`] : undefined;
  const entries = Object.entries(manifest ?? {}).filter(([file]) => !UNUSED.test(file));
  const source = read.success ? read.output.packages[entries[0]?.[1].package ?? ''] : undefined;
  const release = source?.versions[0];
  const feed = read.success && release ? read.output.feeds[release.feed]?.index : undefined;
  if (!source || !release || feed === undefined)
    throw new AppError(
      'DEVICE_FAILED',
      `onnxruntime ${await versionOf(runtimeFolder)} does not name any CUDA libraries to fetch.`,
    );
  // Native code cannot look into the application's archive; its files lie beside it.
  const own = join(runtimeFolder, 'bin', 'napi-v6', ...SYSTEM.split('/')).replace(
    `app.asar${sep}`,
    `app.asar.unpacked${sep}`,
  );
  const writable = await access(own, constants.W_OK).then(
    () => true,
    () => false,
  );
  return {
    feed,
    name: source.name,
    version: release.version,
    folder: writable ? own : ownRuntimeFolder(ownRuntime, await versionOf(runtimeFolder)),
    copyFrom: writable ? null : own,
    files: entries.map(([file, { path }]) => ({ inPackage: path, name: basename(file) })),
  };
}

function folderOfRuntime(): string {
  return dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
}

async function versionOf(folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    version?: string;
  };
  return version ?? 'of an unknown version';
}
