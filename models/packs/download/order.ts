// A download request, its options, and the progress that is reported.
import type { PackWords } from '../building/assemble.ts';
import type { PackPlaces } from '../places.ts';
import type { WriteBytes } from './hub/fetchFile.ts';
import type { Fetch } from './hub/network.ts';
import type { Patience } from './hub/retry.ts';

/** What to download and what to call it. */
export interface DownloadRequest {
  readonly id: string;
  readonly repo: string;
  /** Branch, tag or commit. */
  readonly revision?: string;
  readonly words: PackWords;
}

/** The current step; `received` and `total` count the bytes of all files. */
export interface DownloadProgress {
  readonly stage: 'listing' | 'fetching' | 'checking' | 'installing';
  readonly file: string | null;
  readonly received: number;
  readonly total: number;
  /** Why it waits: for another try, or longer than usual for the first answer. */
  readonly retry: {
    readonly attempt: number;
    /** Null while the first answer is still awaited. */
    readonly waitMs: number | null;
    readonly reason: string;
  } | null;
}

export interface DownloadOptions {
  readonly places: PackPlaces;
  /** From hubEndpoint(). */
  readonly endpoint: string;
  /** From the system's secret store; null for open models. */
  readonly token?: string | null;
  /** Aborting pauses: what has come is kept (discardDownload throws it away). */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Replaceable parts, for tests. */
  readonly fetch?: Fetch;
  readonly patience?: Pick<Patience, 'wait' | 'random'>;
  readonly write?: WriteBytes;
  readonly freeBytes?: (folder: string) => Promise<number>;
  readonly stallMs?: number;
}
