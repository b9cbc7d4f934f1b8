// What a submit lists: a folder, a text file of paths, or a bucket.
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { RunRequest } from '../../../cluster/order/request.ts';
import {
  bucketImages,
  bucketRoot,
  isBucketAddress,
  openBucket,
  readBucketAddress,
} from '../../../cluster/source/bucket.ts';
import { folderImages } from '../../../cluster/source/folder.ts';
import { listedImages } from '../../../cluster/source/listFile.ts';
import type { ListedImage, PassedBy } from '../../../cluster/source/listed.ts';
import { UsageError } from '../arguments/usageError.ts';

export interface Source {
  readonly request: RunRequest['source'];
  /** For people: where it is on this computer. */
  readonly place: string;
  readonly pageImages: number;
  readonly resumes: boolean;
  walk(after: string | null): AsyncIterable<ListedImage>;
}

export interface SourceWords {
  readonly rootName?: string;
  readonly images?: string;
}

const PAGE = 10_000;
/** Of one answer of a store. */
const BUCKET_PAGE = 1000;

/** Reads the words of a call. Throws UsageError. */
export async function readSource(
  given: string,
  words: SourceWords,
  passedBy: PassedBy,
): Promise<Source> {
  if (isBucketAddress(given)) return bucket(given, words, passedBy);
  const info = await stat(given).catch(() => null);
  if (!info) throw new UsageError(`There is no file or folder ${given}.`);
  if (!info.isDirectory()) return list(given, words, passedBy);
  if (words.images !== undefined)
    throw new UsageError(`--images says where the paths of a list begin; ${given} is a folder.`);
  const folder = resolve(given);
  return {
    request: { kind: 'folder', root: rootName(folder, words) },
    place: folder,
    pageImages: PAGE,
    resumes: true,
    walk: (after) => folderImages(folder, { after, passedBy }),
  };
}

function list(file: string, words: SourceWords, passedBy: PassedBy): Source {
  const folder = resolve(words.images ?? dirname(file));
  return {
    request: { kind: 'list', root: rootName(folder, words) },
    // A list has an order of its own: it is read from its beginning each time.
    place: folder,
    pageImages: PAGE,
    resumes: false,
    walk: () => listedImages(file, { folder, passedBy }),
  };
}

async function bucket(given: string, words: SourceWords, passedBy: PassedBy): Promise<Source> {
  if (words.rootName !== undefined || words.images !== undefined)
    throw new UsageError('A bucket has its own name: leave --root-name and --images out.');
  const place = readBucketAddress(given);
  const root = bucketRoot(place);
  if (root.length > 100) throw new UsageError(`${root} is longer than 100 characters.`);
  const client = await openBucket(process.env);
  return {
    request: { kind: 'bucket', root },
    place: root,
    pageImages: BUCKET_PAGE,
    resumes: true,
    walk: (after) => bucketImages(client, place, { after, passedBy }),
  };
}

function rootName(folder: string, words: SourceWords): string {
  const name = words.rootName ?? basename(folder);
  if (!/^[^\s=/\\][^=/\\]{0,99}$/.test(name))
    throw new UsageError(
      `"${name}" cannot name a root: give --root-name with up to 100 letters, without =, / and \\.`,
    );
  return name;
}
