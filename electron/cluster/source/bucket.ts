// Images of a bucket: listed by pages, read whole and only as they were listed.
import type { S3Client } from '@aws-sdk/client-s3';
import { ClusterError } from '../database/clusterError.ts';
import { loadS3 } from '../database/libraries.ts';
import { isImageName } from '../../engine/project/images/imageEndings.ts';
import { pathFault, type ListedImage, type PassedBy } from './listed.ts';

export interface BucketPlace {
  readonly bucket: string;
  /** Empty, or with its last slash. */
  readonly prefix: string;
}

const SCHEME = 's3://';

export const isBucketAddress = (text: string): boolean => text.startsWith(SCHEME);

/** `s3://bucket/prefix`. Throws ClusterError for a name that no store would take. */
export function readBucketAddress(text: string): BucketPlace {
  const [bucket = '', ...rest] = text.slice(SCHEME.length).split('/');
  const prefix = rest.join('/').replace(/\/+$/, '');
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || bucket.includes('..'))
    throw new ClusterError(
      `"${bucket.slice(0, 80)}" is no name of a bucket: use s3://bucket/prefix, in small letters, digits, dots and dashes.`,
    );
  return { bucket, prefix: prefix === '' ? '' : `${prefix}/` };
}

/** The name of a place as a root. */
export const bucketRoot = ({ bucket, prefix }: BucketPlace): string =>
  `${SCHEME}${bucket}/${prefix}`.replace(/\/$/, '');

export interface BucketTimes {
  readonly connectMs: number;
  readonly silenceMs: number;
}

/** The store's address and credentials come from this computer's environment, never from a row. */
export async function openBucket(
  env: Readonly<Record<string, string | undefined>>,
  times: BucketTimes = { connectMs: 5000, silenceMs: 15_000 },
): Promise<S3Client> {
  const { S3Client: Client } = await loadS3();
  const isElsewhere = Boolean(env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL']);
  return new Client({
    ...(env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] ? {} : { region: 'us-east-1' }),
    // Stores that are not Amazon's seldom have a name for each bucket, nor Amazon's newer checksums.
    forcePathStyle: isElsewhere,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: times.connectMs,
      requestTimeout: times.silenceMs,
      // Only this timeout ends a body that stalls.
      socketTimeout: times.silenceMs,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: 8 },
      httpsAgent: { maxSockets: 8 },
    },
  });
}

/** Objects below the prefix in byte order, behind `after`. Empty objects and other endings are no images. */
export async function* bucketImages(
  client: S3Client,
  { bucket, prefix }: BucketPlace,
  { after, passedBy }: { readonly after: string | null; readonly passedBy: PassedBy },
): AsyncGenerator<ListedImage> {
  const { paginateListObjectsV2 } = await loadS3();
  const pages = paginateListObjectsV2(
    { client, pageSize: 1000 },
    { Bucket: bucket, Prefix: prefix, ...(after === null ? {} : { StartAfter: prefix + after }) },
  );
  try {
    for await (const { Contents = [] } of pages) {
      for (const { Key = '', Size = 0, ETag = '' } of Contents) {
        const path = Key.slice(prefix.length);
        if (!Key.startsWith(prefix) || Size === 0 || !isImageName(path)) continue;
        const fault =
          ETag === '' || ETag.length > 200 ? 'the store gives it no ETag' : pathFault(path);
        if (fault === null) yield { path, bytes: Size, stamp: ETag };
        else passedBy.note(path, fault);
      }
    }
  } catch (cause) {
    // The caller's own failures come from elsewhere: a generator does not see them.
    throw new ClusterError(`The bucket ${bucket} cannot be listed (${storeWords(cause)}).`, {
      cause,
    });
  }
}

/** Status, name and first line of a store's failure. */
export function storeWords(error: unknown): string {
  const { $metadata, name, message } = (error ?? {}) as {
    $metadata?: { httpStatusCode?: number };
    name?: string;
    message?: string;
  };
  const told = `${name ?? 'Error'}: ${(message ?? '').split('\n')[0]?.slice(0, 200) ?? ''}`;
  return $metadata?.httpStatusCode === undefined
    ? told
    : `status ${$metadata.httpStatusCode}, ${told}`;
}
