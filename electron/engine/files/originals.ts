// Originals are never written: the one rule for every output that may replace a file. It may replace a
// result of its own kind, and nothing else: no image, no file that the project knows, whatever it is
// called and whichever link leads to it, and among the images only what was made here.
import { realpath, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../api/errors.ts';
import { contentKind, KIND_WORDS } from '../../files/contentKind.ts';
import { namedImages } from '../project/images/imageNames.ts';
import type { Project } from '../project/project.ts';

/** What an output may find in its place. */
export type ResultKind = 'json' | 'zip' | 'xml';

const MADE = 'madeFiles';
/** Results that are remembered; the oldest are forgotten, and then not replaced among images. */
const MAX_MADE = 100;
/** Files asked about at once. */
const AT_ONCE = 32;

const WAY_OUT = 'it was not replaced. Name another file, or move this one away.';

const refused = (path: string, why: string) =>
  new AppError('FILE_REFUSED', `${path} ${why}: ${WAY_OUT}`);

/** Throws FILE_REFUSED when what stands at `path` is no result of this kind; nothing there is fine. */
export async function refuseOtherKind(path: string, kind: ResultKind): Promise<void> {
  const info = await stat(path).catch(() => null);
  if (!info) return;
  if (info.isDirectory()) throw refused(path, 'is a folder');
  if (!info.isFile()) throw refused(path, 'is no ordinary file');
  const found = await contentKind(path).catch((cause: unknown) => {
    throw new AppError('FILE_REFUSED', `${path} cannot be read: ${WAY_OUT}`, { cause });
  });
  if (found === kind || found === 'empty') return;
  // A torn or edited result is still one by its name; whoever allows it to be replaced means it.
  if (found === 'text' && extname(path).toLowerCase() === `.${kind}`) return;
  throw refused(path, `holds ${KIND_WORDS[found]}`);
}

/** Throws FILE_REFUSED when what stands at `path` is no result of this kind, or an original of the project. */
export async function refuseOriginal(
  project: Project,
  path: string,
  kind: ResultKind,
): Promise<void> {
  await refuseOtherKind(path, kind);
  const target = await identity(path);
  if (target === null) return;
  if ((await imageIdentities(project)).has(target.id)) throw refused(path, 'belongs to the images');
  const folder = await realPlace(project.folder());
  if (isInside(folder, target.place) && !madeFiles(project)[target.place]?.includes(target.version))
    throw refused(path, 'lies among the images and was not made by this project');
}

/**
 * Remembers that the file at `path` is a result of this project. Told of it while it still is at
 * `temporary`, a run that is killed in between knows both its earlier file and this one.
 */
export async function rememberMade(
  project: Project,
  path: string,
  temporary: string = path,
): Promise<void> {
  const made = project.readOnly ? null : await identity(temporary);
  if (made === null) return;
  const place = await realPlace(path);
  const there = await identity(path);
  const { [place]: earlier = [], ...others } = madeFiles(project);
  // Of what stands there only if it was ours; of everything before nothing.
  const versions = [...new Set([...earlier.filter((one) => one === there?.version), made.version])];
  const kept = Object.entries(others).slice(1 - MAX_MADE);
  project.setMeta(MADE, JSON.stringify(Object.fromEntries([...kept, [place, versions]])));
}

function madeFiles(project: Project): Readonly<Record<string, readonly string[]>> {
  try {
    const known: unknown = JSON.parse(project.meta(MADE) ?? '{}');
    return typeof known === 'object' && known !== null ? (known as Record<string, string[]>) : {};
  } catch {
    // What cannot be read was made by nobody.
    return {};
  }
}

interface Identity {
  /** Device and number: the same for every name of one file, on disks without upper and lower case too. */
  readonly id: string;
  /** The path without links. */
  readonly place: string;
  /** Changes when the file does. */
  readonly version: string;
}

async function identity(path: string): Promise<Identity | null> {
  const info = await stat(path, { bigint: true }).catch(() => null);
  if (!info) return null;
  return {
    id: `${info.dev}:${info.ino}`,
    place: await realpath(path),
    version: `${info.size}:${info.mtimeNs}`,
  };
}

async function imageIdentities(project: Project): Promise<Set<string>> {
  const folder = project.folder();
  const names = namedImages(project.store).map(({ name }) => name);
  const found = new Set<string>();
  for (let from = 0; from < names.length; from += AT_ONCE)
    await Promise.all(
      names.slice(from, from + AT_ONCE).map(async (name) => {
        const info = await stat(join(folder, ...name.split('/')), { bigint: true }).catch(
          () => null,
        );
        if (info) found.add(`${info.dev}:${info.ino}`);
      }),
    );
  return found;
}

/** A path without links as far as it exists, and as it is written from there on. */
export async function realPlace(path: string): Promise<string> {
  const whole = resolve(path);
  const parts: string[] = [];
  for (let at = whole; ; at = resolve(at, '..')) {
    const real = await realpath(at).catch(() => null);
    if (real !== null) return join(real, ...parts);
    const name = at.slice(resolve(at, '..').length).replace(sep, '');
    if (name === '') return whole;
    parts.unshift(name);
  }
}

/** True for the folder itself and everything below it; both without links. */
export function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside.split(sep)[0] !== '..' && !isAbsolute(inside);
}
