// What a worker holds: jobs, images in flight, results that are not stored yet, and how it is going.
import type { Pool } from 'pg';
import type { InferenceLink } from '../../engine/inferenceLink/link.ts';
import type { Room } from '../../engine/order/room.ts';
import type { ImageRecord } from '../order/record.ts';
import { JOB_IMAGES, type ClaimedJob, type Queue } from '../queue/queue.ts';
import type { RowImage } from './images.ts';
import type { UsableRunSet } from './runSets.ts';
import type { WorkerTimes } from './times.ts';

/** A job that this worker holds. */
export interface HeldJob {
  readonly runSet: UsableRunSet;
  readonly claim: ClaimedJob;
  /** Not begun yet. */
  waiting: RowImage[];
  /** In flight. */
  open: number;
  /** Finished and not stored. */
  records: ImageRecord[];
  /** Held by another worker by now, or cancelled: no further image of it begins. */
  isLost: boolean;
}

export interface WorkerParts {
  readonly pool: Pool;
  readonly queue: Queue;
  readonly link: Pick<InferenceLink, 'request' | 'restart'>;
  readonly times: WorkerTimes;
  readonly worker: number;
  /** Where runs are put until their masks are read. */
  readonly folder: string;
  readonly say: (line: string) => void;
  /** Starts an embedded server again. */
  readonly revive?: () => Promise<void>;
  /** Images at once. */
  readonly room: Room;
}

export interface WorkerState extends WorkerParts {
  readonly jobs: Set<HeldJob>;
  readonly flights: Set<Promise<void>>;
  /** In flight when the model process ended: tried alone, once. */
  readonly suspects: { readonly job: HeldJob; readonly image: RowImage }[];
  /** Ends waiting for the database. */
  readonly patience: AbortController;
  readonly counts: { done: number; failed: number };
  /** Seconds per image, moving mean; null before the first. */
  pace: number | null;
  lastLandedMs: number;
  /** Troubles of the worker itself in a row, and until when it rests. */
  troubles: number;
  troubledAtMs: number;
  restUntilMs: number;
  missingInRow: number;
  /** A look at the root that others wait for. */
  rootLook: Promise<void> | null;
  provider: string | null;
  /** No further image begins. */
  isDraining: boolean;
  /** Why it stops before its work is done. */
  ending: { readonly reason: string } | null;
  wake: () => void;
  /** Stores results one batch after the other: a job must not end while its results are being stored. */
  storing: Promise<unknown>;
  /** Since when jobs that are through are being ended beside the images; null = none is. */
  endingSinceMs: number | null;
}

export function createState(parts: WorkerParts): WorkerState {
  return {
    ...parts,
    jobs: new Set(),
    flights: new Set(),
    suspects: [],
    patience: new AbortController(),
    counts: { done: 0, failed: 0 },
    pace: null,
    lastLandedMs: performance.now(),
    troubles: 0,
    troubledAtMs: -Infinity,
    restUntilMs: 0,
    missingInRow: 0,
    rootLook: null,
    provider: null,
    isDraining: false,
    ending: null,
    wake: () => undefined,
    storing: Promise.resolve(),
    endingSinceMs: null,
  };
}

/** Ends when something happens that the loop may act on, or after `ms`. */
export function somethingHappens(state: WorkerState, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      state.wake = () => undefined;
      resolve();
    }
    state.wake = done;
  });
}

/** Nothing further begins; the end reports the first reason. */
export function endWith(state: WorkerState, reason: string): void {
  state.ending ??= { reason };
  state.isDraining = true;
  state.wake();
}

const TARGET_S = 30;
const MOST_JOBS = 8;
const WEIGHT = 0.2;

/** How many jobs make about half a minute here: a card takes eight, a laptop one. */
export const jobsAtOnce = ({ pace }: Pick<WorkerState, 'pace'>): number =>
  pace === null
    ? 1
    : Math.min(MOST_JOBS, Math.max(1, Math.round(TARGET_S / (JOB_IMAGES * Math.max(pace, 1e-3)))));

/** Counts a finished image into the pace. */
export function landed(state: WorkerState): void {
  const now = performance.now();
  const seconds = (now - state.lastLandedMs) / 1000;
  state.lastLandedMs = now;
  state.pace = state.pace === null ? seconds : state.pace + WEIGHT * (seconds - state.pace);
}

/** How this worker waits for the database. */
export const patienceOf = ({ say, revive, patience }: WorkerState) => ({
  say,
  revive,
  signal: patience.signal,
});
