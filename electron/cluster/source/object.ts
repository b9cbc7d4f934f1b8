// One object of a bucket as bytes, exactly those that were listed, and what its failures mean.
import type { S3Client } from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadS3 } from '../database/libraries.ts';
import type { ImageFailure } from '../order/record.ts';
import { storeWords } from './bucket.ts';

/** The image is at fault, not the store. */
export class ObjectFailure extends Error implements ImageFailure {
  override readonly name = 'ObjectFailure';
  readonly failure: string;
  readonly detail: string;

  constructor(failure: string, detail: string) {
    super(detail);
    this.failure = failure;
    this.detail = detail;
  }
}

/** The store does not answer or refuses every request: the next object would fail as well. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
}

export interface ListedObject {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
  readonly stamp: string;
}

const BODY_TRIES = 3;
const BETWEEN_MS = 200;

/** Throws ObjectFailure or StoreFailure. The buffer is as large as the listing says, whatever comes. */
export async function readObject(client: S3Client, object: ListedObject): Promise<Buffer> {
  for (let tries = 1; ; tries += 1) {
    const body = await bodyOf(client, object);
    const read = await exactly(body, object.bytes);
    if (read !== null) return read;
    // The library tries again only until the headers are there.
    if (tries === BODY_TRIES)
      throw new ObjectFailure(
        'torn',
        `${object.key} came in part or longer than its ${object.bytes} bytes, ${BODY_TRIES} times.`,
      );
    await sleep(BETWEEN_MS * 2 ** tries * (0.5 + Math.random() / 2));
  }
}

async function bodyOf(client: S3Client, object: ListedObject): Promise<AsyncIterable<Uint8Array>> {
  const { GetObjectCommand } = await loadS3();
  try {
    const { Body, ETag } = await client.send(
      new GetObjectCommand({ Bucket: object.bucket, Key: object.key, IfMatch: object.stamp }),
    );
    // A proxy's page with status 200, or a store that does not know If-Match.
    if (ETag !== object.stamp) {
      (Body as { destroy?: () => void } | undefined)?.destroy?.();
      throw changed(object);
    }
    return Body as unknown as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof ObjectFailure ? error : meaningOf(error, object);
  }
}

const changed = ({ key }: ListedObject) =>
  new ObjectFailure('changed', `${key} is another one than when it was listed; submit again.`);

/** By status, not by name: an answer that is no XML makes the library throw a bare error. */
function meaningOf(error: unknown, object: ListedObject): Error {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  if (status === 412) return changed(object);
  if (status === 404)
    return new ObjectFailure('missing', `${object.key} is not in the bucket ${object.bucket}.`);
  if (status === 403)
    return new ObjectFailure('denied', `${object.key} may not be read with these credentials.`);
  return new StoreFailure(`The bucket ${object.bucket} does not answer (${storeWords(error)}).`, {
    cause: error,
  });
}

/** The bytes, or null when there are fewer or more. */
async function exactly(body: AsyncIterable<Uint8Array>, bytes: number): Promise<Buffer | null> {
  const buffer = Buffer.allocUnsafe(bytes);
  let at = 0;
  try {
    for await (const piece of body) {
      // Leaving the loop closes the body.
      if (at + piece.length > bytes) return null;
      buffer.set(piece, at);
      at += piece.length;
    }
  } catch {
    // Broken off on the way, or silent for too long: the caller tries again.
    return null;
  }
  return at === bytes ? buffer : null;
}
