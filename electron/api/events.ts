// Subscriptions: what the engine tells without being asked. 'ordered' loses nothing; 'latest' may skip.
import type {
  ImageRecord,
  JobStatus,
  PackSummary,
  Parked,
  Revision,
  RunSummary,
  Transaction,
} from './types.ts';

export interface Events {
  /** Every commit of the project, from any client, in order. */
  'project.revision': {
    readonly revision: Revision;
    readonly clientId: string;
    readonly transaction: Transaction;
    readonly image: ImageRecord;
  };
  /** Figures of a kept run changed: other thresholds, or an undo of them. */
  'run.figures': RunSummary;
  /** All unfinished work of an image, after it changed. */
  'image.parked': {
    readonly image: ImageRecord;
    readonly parked: readonly Parked[];
  };
  /** Categories, statuses or counts changed in bulk: fetch the summary again. */
  'project.changed': {
    readonly revision: Revision;
    readonly scanned: number;
    readonly scanning: boolean;
  };
  'job.status': JobStatus;
  'model.status': PackSummary;
  /** A device fell back, a crash was survived, a save failed: shown as a banner, never silently. */
  notice: {
    readonly level: 'info' | 'warn' | 'error';
    readonly code: string;
    readonly message: string;
  };
}

export type EventName = keyof Events;

export const DELIVERY: { readonly [name in EventName]: 'ordered' | 'latest' } = {
  'project.revision': 'ordered',
  'image.parked': 'ordered',
  'run.figures': 'ordered',
  'project.changed': 'latest',
  'job.status': 'latest',
  'model.status': 'latest',
  notice: 'ordered',
};
