// Where a worker finds the images of a run set: its own mount of a root, or a bucket.
import { stat, unlink, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import type { BucketPlace } from '../source/bucket.ts';
import { ObjectFailure, readObject } from '../source/object.ts';
import { ForeignPathError, placeUnder } from '../source/place.ts';

/** An image as its row says. */
export interface RowImage {
  readonly n: number;
  readonly root: string;
  readonly path: string;
  readonly bytes: number;
  readonly stamp: string;
}

export interface OpenedImage extends AsyncDisposable {
  readonly imagePath: string;
}

export interface ImageSource {
  /** Throws ObjectFailure for an image that is not as it was listed. */
  open(image: RowImage): Promise<OpenedImage>;
  /** For people: where it looks. */
  readonly place: string;
}

const foreign = (runSet: number, { n, path }: RowImage) =>
  new ObjectFailure(
    'foreign',
    `The path ${JSON.stringify(path.slice(0, 300))} (image ${n} of run set ${runSet}) leaves its root: the row was not made by Salience. The image is not read.`,
  );

/** Images below a folder of this computer; size and time must be those that were listed. */
export function folderSource(runSet: number, root: { name: string; folder: string }): ImageSource {
  return {
    place: root.folder,
    async open(image) {
      if (image.root !== root.name) throw foreign(runSet, image);
      const imagePath = await placeUnder(root.folder, image.path).catch((error: unknown) => {
        throw error instanceof ForeignPathError ? foreign(runSet, image) : unreadable(error, image);
      });
      const info = await stat(imagePath, { bigint: true }).catch((error: unknown) => {
        throw unreadable(error, image);
      });
      if (!info.isFile()) throw new ObjectFailure('missing', `${image.path} is no file any more.`);
      if (Number(info.size) !== image.bytes || String(info.mtimeNs) !== image.stamp)
        throw new ObjectFailure(
          'changed',
          `${image.path} is another one than when it was listed; submit again.`,
        );
      return { imagePath, [Symbol.asyncDispose]: () => Promise.resolve() };
    },
  };
}

function unreadable(error: unknown, { path }: RowImage): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP')
    return new ObjectFailure('missing', `${path} is not there (${code}).`);
  if (code === 'EACCES' || code === 'EPERM')
    return new ObjectFailure('denied', `${path} may not be read (${code}).`);
  return error;
}

/** Objects of a bucket, each for as long as it is worked on a file in `folder`. */
export function bucketSource(
  client: S3Client,
  runSet: number,
  place: BucketPlace & { readonly root: string; readonly folder: string },
): ImageSource {
  const { bucket, prefix, root, folder } = place;
  return {
    place: root,
    async open(image) {
      if (image.root !== root) throw foreign(runSet, image);
      const { bytes, stamp } = image;
      const body = await readObject(client, { bucket, key: prefix + image.path, bytes, stamp });
      // The decoder ignores the ending, and a generated name holds none of the key's characters.
      const ending = /^\.[a-z0-9]{1,8}$/i.exec(extname(image.path))?.[0] ?? '';
      const imagePath = join(folder, `${runSet}-${image.n}${ending}`);
      await writeFile(imagePath, body, { mode: 0o600 });
      return { imagePath, [Symbol.asyncDispose]: () => unlink(imagePath).catch(() => undefined) };
    },
  };
}
