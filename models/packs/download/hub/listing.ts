// Lists the files of a model repository through the hub's own client library, pinned to a commit, so that a
// download that continues tomorrow fetches the same files.
import { ModelError, shown } from '../../../errors.ts';
import { isIndex } from '../../../files/openRegular.ts';
import { PassingFailure, requireSuccess } from './answers.ts';
import type { Fetch } from './network.ts';
import { asPassing, withRetries, type Patience } from './retry.ts';

/** A file of a repository with the checksum that the hub publishes. */
export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
  /** Of large files. */
  readonly sha256: string | null;
  /** SHA-1 of "blob <bytes>\0" and the contents, as git names it; of small files. */
  readonly gitSha1: string | null;
}

/** A repository at one commit. */
export interface HubListing {
  readonly commit: string;
  readonly files: readonly ListedFile[];
}

const MAX_FILES = 10_000;
/** Milliseconds without a complete answer after which the connection counts as broken. */
const STALL_MS = 30_000;
/** Largest number of pages of one listing: the hub gives up to 1000 files a page. */
const MAX_ANSWERS = 200;
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** The files at the top of `repo` ("owner/name"); throws ModelError or the signal's reason. */
export async function listRepository(
  repo: string,
  revision: string,
  { endpoint, fetch, patience }: { endpoint: string; fetch: Fetch; patience: Patience },
): Promise<HubListing> {
  if (!/^[\w.-]{1,96}(\/[\w.-]{1,96})?$/.test(repo) || repo.includes('..'))
    throw new ModelError('DOWNLOAD_NOT_FOUND', {
      expected: 'a repository name such as Salesforce/blip-itm-base-coco',
      found: shown(repo),
    });
  return withRetries(`the list of files of ${repo}`, patience, async () => {
    // Imported on first use: the library brings code for its own file store and would be a tenth of what a
    // start loads.
    const { listFiles, modelInfo } = await import('@huggingface/hub');
    const ask = { hubUrl: endpoint, fetch: bounded(fetch, repo, patience) };
    try {
      const info = await modelInfo({ ...ask, name: repo, revision, additionalFields: ['sha'] });
      const commit: unknown = info.sha;
      if (typeof commit !== 'string' || !/^[0-9a-f]{40}$/.test(commit))
        throw strange(repo, 'a commit');
      const files: ListedFile[] = [];
      for await (const entry of listFiles({ ...ask, repo, revision: commit })) {
        if (files.length >= MAX_FILES) throw strange(repo, `at most ${MAX_FILES} files`);
        if (entry.type === 'file') files.push(listed(entry, repo));
      }
      return { commit, files };
    } catch (error) {
      if (error instanceof ModelError || asPassing(error) !== null || patience.signal?.aborted)
        throw error;
      // The library throws TypeErrors on answers that are not the hub's.
      throw strange(repo, 'a list of files', error);
    }
  });
}

function listed(
  {
    path,
    size,
    oid,
    lfs,
  }: { path: unknown; size: unknown; oid?: unknown; lfs?: { oid?: unknown } },
  repo: string,
): ListedFile {
  if (typeof path !== 'string' || !isIndex(size)) throw strange(repo, 'names and sizes');
  return {
    path,
    bytes: size,
    sha256: hexadecimal(lfs?.oid, 64),
    // The git name of a large file is that of its pointer, not of its contents.
    gitSha1: lfs === undefined ? hexadecimal(oid, 40) : null,
  };
}

function hexadecimal(value: unknown, digits: number): string | null {
  return typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value)
    ? value
    : null;
}

// The library reads answers whole; a hostile mirror must not be able to send one without end.
function bounded(fetch: Fetch, repo: string, { signal }: Patience): Fetch {
  let answers = 0;
  return async (input, init) => {
    answers += 1;
    if (answers > MAX_ANSWERS) throw strange(repo, `at most ${MAX_ANSWERS} pages`);
    const patient = AbortSignal.timeout(STALL_MS);
    const response = await fetch(input, {
      ...init,
      signal: signal ? AbortSignal.any([signal, patient]) : patient,
    });
    if (!response.ok) {
      await response.body?.cancel();
      requireSuccess(response, repo);
    }
    let left = MAX_ANSWER_BYTES;
    const limit = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        left -= chunk.length;
        if (left < 0) controller.error(strange(repo, `at most ${MAX_ANSWER_BYTES} bytes`));
        else controller.enqueue(chunk);
      },
      flush(controller) {
        const announced = Number(response.headers.get('content-length') ?? 0);
        const encoded = response.headers.get('content-encoding') !== null;
        if (!encoded && MAX_ANSWER_BYTES - left < announced)
          controller.error(new PassingFailure(`${repo}: the answer broke off`));
      },
    });
    const { status, headers } = response;
    return new Response(response.body?.pipeThrough(limit) ?? null, { status, headers });
  };
}

function strange(repo: string, expected: string, cause?: unknown): ModelError {
  return new ModelError('DOWNLOAD_REFUSED', {
    expected: `${expected} in the answer about ${repo}`,
    found: 'something else',
    fix: 'Check the mirror: it does not answer as the hub does',
    cause,
  });
}
