// Fetches the CUDA libraries of the runtime and puts them beside it: checked before they are
// unpacked, each file complete before it gets its name.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import {
  access,
  constants,
  copyFile,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  statfs,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../../api/errors.ts';
import { ModelError } from '../../../../models/errors.ts';
import { diskFull, fetchFile, STALL_MS } from '../../../../models/packs/download/fetchFile.ts';
import type { Fetch } from '../../../../models/packs/download/network.ts';
import type { Patience } from '../../../../models/packs/download/retry.ts';
import { forEachZipEntry } from '../../dataset/formats/zipEntries.ts';
import type { LibraryOffer } from './offer.ts';
import type { WantedLibraries } from './wanted.ts';

export interface InstallOptions {
  /** Where the package is kept while it arrives; a later try goes on there. */
  readonly scratch: string;
  readonly fetch: Fetch;
  readonly patience: Patience;
  readonly onProgress: (received: number, total: number) => void;
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** Unpacked libraries against their package: about. */
const UNPACKED = 3;

/** Names of the wanted files that are not beside the runtime yet. */
export async function missingLibraries({ folder, files }: WantedLibraries): Promise<string[]> {
  const there = await Promise.all(
    files.map(({ name }) =>
      stat(join(folder, name)).then(
        (info) => info.isFile(),
        () => false,
      ),
    ),
  );
  return files.filter((_, index) => !there[index]).map(({ name }) => name);
}

/** Installs all wanted files; throws AppError or ModelError and leaves the runtime as it was. */
export async function installLibraries(
  wanted: WantedLibraries,
  offer: LibraryOffer,
  options: InstallOptions,
): Promise<void> {
  const { scratch, fetch, patience } = options;
  if (wanted.copyFrom !== null) await copyRuntime(wanted.copyFrom, wanted.folder);
  await requireWritable(wanted.folder);
  await mkdir(scratch, { recursive: true });
  const free = await (options.freeBytes ?? freeBytes)(wanted.folder);
  if (free < offer.bytes * (1 + UNPACKED))
    throw diskFull(
      wanted.folder,
      undefined,
      `${free} bytes free where ${offer.bytes * (1 + UNPACKED)} are needed`,
    );
  const part = join(scratch, `${wanted.name}.${wanted.version}.nupkg.part`);
  await fetchFile({
    name: `${wanted.name} ${wanted.version}`,
    url: offer.url,
    part,
    bytes: offer.bytes,
    fetch,
    patience,
    stallMs: STALL_MS,
    onReceived: (received) => options.onProgress(received, offer.bytes),
  });
  if (!(await sha512Of(part)).equals(offer.sha512)) {
    await rm(part, { force: true });
    throw new ModelError('DOWNLOAD_CHECKSUM', {
      file: wanted.name,
      expected: 'the checksum that the feed publishes',
      found: 'another file',
      fix: 'It was not installed. Run the same command again',
    });
  }
  await unpack(part, wanted);
  await rm(part, { force: true });
}

async function unpack(zip: string, { folder, files, name }: WantedLibraries): Promise<void> {
  const wantedNames = new Map(files.map((file) => [file.inPackage, file.name]));
  const drafts = new Map<string, string>();
  try {
    await forEachZipEntry(
      zip,
      async (entry, stream) => {
        const target = wantedNames.get(entry) ?? '';
        const draft = join(folder, `.${target}.new`);
        drafts.set(target, draft);
        await pipeline(stream, createWriteStream(draft));
        const file = await open(draft, 'r+');
        await file.sync().finally(() => file.close());
      },
      (entry) => wantedNames.has(entry),
    );
    const absent = files.filter((file) => !drafts.has(file.name));
    if (absent.length > 0)
      throw new AppError(
        'DEVICE_FAILED',
        `${name} holds no ${absent[0]?.inPackage ?? 'libraries'}.`,
      );
    for (const [target, draft] of drafts) await rename(draft, join(folder, target));
  } finally {
    for (const draft of drafts.values()) await rm(draft, { force: true });
  }
}

/** The runtime's own files, each complete before it gets its name; the binding last, since it makes a copy count. */
async function copyRuntime(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const names = await readdir(from);
  for (const name of names.sort(
    (a, b) => Number(a.endsWith('.node')) - Number(b.endsWith('.node')),
  )) {
    const draft = join(to, `.${name}.new`);
    await copyFile(join(from, name), draft);
    await rename(draft, join(to, name));
  }
}

async function requireWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK).catch((cause: unknown) => {
    throw new AppError(
      'DEVICE_FAILED',
      `The folder of the runtime cannot be written to (${folder}). Run the command as its owner, or install Salience in a folder of your own.`,
      { cause },
    );
  });
}

async function sha512Of(path: string): Promise<Buffer> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest();
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
