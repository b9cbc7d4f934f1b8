// What "salience pack ..." does: list, catalogue, build, add, verify, remove. Each takes a print
// function and returns the exit status; parsing of arguments is the command line's own.
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buildPack } from '../../../../models/packs/building/build.ts';
import { nameOfSource } from '../../../../models/packs/building/checkpoint.ts';
import { idFromName, type PackWords } from '../../../../models/packs/building/assemble.ts';
import { downloadPack } from '../../../../models/packs/download/download.ts';
import type { DownloadOptions, DownloadProgress } from '../../../../models/packs/download/order.ts';
import { discardDownload, pendingDownloads } from '../../../../models/packs/download/partial.ts';
import { CATALOGUE } from '../../../../models/packs/catalogue/catalogue.ts';
import { fetchedBuild } from '../../../../models/packs/catalogue/fetched.ts';
import type { PackPlaces } from '../../../../models/packs/places.ts';
import { findPack, installFolder, listPacks, removePack } from '../../../../models/packs/store.ts';
import { verifyPack } from '../../../../models/packs/verify.ts';
import { bytesInWords, percentInWords } from '../../../../models/packs/words.ts';
import { requestFor } from '../../../../models/packs/request.ts';
import { answer, throttled, type CommandContext, type ExitStatus } from './packContext.ts';

/** Builds a pack of a local checkpoint; without `out` it is installed under its id. */
export async function buildCommand(
  context: CommandContext,
  request: {
    readonly source: string;
    readonly out?: string;
    readonly tokenizer?: string;
    readonly words?: Partial<PackWords>;
  },
): Promise<ExitStatus> {
  const { places, print, signal } = context;
  const name = request.words?.name ?? nameOfSource(request.source);
  const id = request.words?.id ?? idFromName(name);
  const out = request.out === undefined ? installFolder(places, id) : resolve(request.out);
  const built = await buildPack(
    {
      source: request.source,
      out,
      words: { ...request.words, name, id },
      ...(request.tokenizer === undefined ? {} : { tokenizer: request.tokenizer }),
    },
    {
      ...(signal ? { signal } : {}),
      onProgress: throttled(context, ({ done, total }) => ({
        text: `Checking ${percentInWords(done, total)}`,
        stage: 'checking',
        done,
        total,
      })),
    },
  );
  const { manifest, copiedBytes } = built;
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  if (context.json) return answer(context, manifest, built.folder, { copiedBytes });
  print(
    `Built ${manifest.id}: ${manifest.family}, ${bytesInWords(bytes)}, ${copiedBytes < bytes / 2 ? 'linked, not copied' : 'copied'}.`,
  );
  print(built.folder);
  return 0;
}

/** Builds a pack of the catalogue from the file that a person fetched, or from the folder that it lies in. */
export async function addFetchedCommand(
  context: CommandContext,
  id: string,
  place: string,
): Promise<ExitStatus> {
  const status = await buildCommand(context, await fetchedBuild(id, place));
  if (context.json) return status;
  const { manifest } = await findPack(context.places, id);
  const { sha256 = '' } = manifest?.files.find(({ path }) => path === manifest.weights) ?? {};
  context.print(
    `Its SHA-256 is ${sha256}. Nobody published one to compare it with; "salience pack verify ${id}" compares with this one from now on.`,
  );
  return status;
}

/** Says where a pack of the catalogue is that people fetch; null = it is downloaded. */
function howToFetch({ print }: CommandContext, id: string): ExitStatus | null {
  const entry = CATALOGUE.find((one) => one.id === id);
  if (!entry?.byHand) return null;
  const { address, file, atLeast } = entry.byHand;
  const size = `${atLeast ? 'At least' : 'About'} ${bytesInWords(entry.downloadBytes)}`;
  print(
    `${entry.name} is published without a checksum, so Salience does not download it by itself.`,
  );
  print(`1. Fetch ${file} from ${address}`);
  print(`   ${size}. Licence: ${entry.licence}. ${entry.notes}`);
  print(`2. salience pack add ${id} ${file}`);
  return 1;
}

/**
 * Adds a pack: a local folder or weight file, an id of the catalogue, a paused download, or a
 * repository as owner/name.
 */
export async function addCommand(
  context: CommandContext,
  what: string,
  download: Omit<DownloadOptions, 'places' | 'signal' | 'onProgress'>,
): Promise<ExitStatus> {
  const { places, print, signal } = context;
  if (
    await stat(what).then(
      () => true,
      () => false,
    )
  )
    return buildCommand(context, { source: what });
  const told = context.json ? null : howToFetch(context, what);
  if (told !== null) return told;
  const request = await requestFor(what, places);
  const { manifest, folder } = await downloadPack(request, {
    ...download,
    places,
    ...(signal ? { signal } : {}),
    onProgress: throttled(context, (progress) => ({
      text: downloadLine(request.words.name, progress),
      stage: progress.retry === null ? progress.stage : 'waiting',
      done: progress.received,
      total: progress.total,
    })),
  });
  if (context.json) return answer(context, manifest, folder);
  print(`Installed ${manifest.id}: ${manifest.name}, ${manifest.family}.`);
  print(folder);
  return 0;
}

/** Reads every byte of one pack, or of all. */
export async function verifyCommand(context: CommandContext, id?: string): Promise<ExitStatus> {
  const { places, signal, json = false } = context;
  const print = json ? () => undefined : context.print;
  const checked: { id: string; bytes: number; problems: unknown[] }[] = [];
  const packs = id === undefined ? await listPacks(places) : await verifiable(places, id);
  let status: ExitStatus = 0;
  for (const pack of packs) {
    if (pack.manifest === null) {
      print(`${pack.id}: ${pack.problem}`);
      checked.push({ id: pack.id, bytes: 0, problems: [pack.problem] });
      status = 1;
      continue;
    }
    const { problems, bytes } = await verifyPack(pack.folder, {
      ...(signal ? { signal } : {}),
      onProgress: throttled(context, ({ done, total }) => ({
        text: `${pack.id}: ${percentInWords(done, total)}`,
        stage: `checking ${pack.id}`,
        done,
        total,
      })),
    });
    checked.push({ id: pack.id, bytes, problems: [...problems] });
    for (const { file, expected, found } of problems)
      print(`${pack.id}: ${file}: expected ${expected}, found ${found}`);
    if (problems.length > 0) status = 1;
    else print(`${pack.id}: verified, ${bytesInWords(bytes)}`);
  }
  if (json) context.print(JSON.stringify({ packs: checked }));
  return status;
}

/** Removes an installed pack, or throws away a paused download of that id. */
export async function removeCommand(
  { places, print }: CommandContext,
  id: string,
): Promise<ExitStatus> {
  const paused = (await pendingDownloads(places.installed)).some(({ plan }) => plan.id === id);
  const installed = (await listPacks(places)).some((pack) => pack.id === id);
  if (paused && !installed) {
    await discardDownload(places.installed, id);
    print(`Removed the paused download ${id}.`);
    return 0;
  }
  print(`Removed ${await removePack(places, id)}`);
  return 0;
}

// A pack of a folder on the command line: its path may be given instead of an id.
async function verifiable(places: PackPlaces, id: string) {
  const listed = (await listPacks(places)).filter((pack) => pack.id === id);
  if (listed.length > 0) return listed;
  const folder = resolve(id);
  const isFolder = await stat(folder).then(
    (info) => info.isDirectory(),
    () => false,
  );
  if (!isFolder) return [await findPack(places, id)];
  return listPacks({ builtIn: [folder], installed: resolve(folder, '.none') });
}

function downloadLine(
  name: string,
  { stage, file, received, total, retry }: DownloadProgress,
): string {
  if (retry !== null)
    return retry.waitMs === null
      ? `${name}: ${retry.reason}`
      : `${name}: ${retry.reason}; trying again in ${Math.ceil(retry.waitMs / 1000)} s`;
  switch (stage) {
    case 'listing':
      return `${name}: asking for the list of files`;
    case 'fetching':
      return `${name}: ${percentInWords(received, total)} of ${bytesInWords(total)}, ${file ?? ''}`;
    case 'checking':
      return `${name}: checking ${file ?? ''}`;
    case 'installing':
      return `${name}: installing`;
  }
}
