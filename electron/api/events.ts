// Subscriptions: events that the engine publishes. 'ordered' delivers each one; 'latest' may skip.
import type { ProjectTotals } from './methods/project.ts';
import type { ImageId, ImageRecord, Parked, ProjectId, Revision, Transaction } from './types.ts';
import type { PackSummary } from './model.ts';
import type { JobStatus } from './job.ts';
import type { RunSummary } from './run.ts';

export interface Events {
  /** Every commit of the project, from any client, in order. */
  'project.revision': {
    readonly revision: Revision;
    readonly clientId: string;
    readonly transaction: Transaction;
    readonly image: ImageRecord;
    readonly totals: ProjectTotals;
  };
  /** Figures of a kept run changed: other thresholds, or an undo of them. */
  'run.figures': RunSummary;
  /** All unfinished work of an image, after it changed. */
  'image.parked': {
    readonly image: ImageRecord;
    readonly parked: readonly Parked[];
  };
  /** Tags or the note of an image changed. */
  'image.noted': { readonly image: ImageRecord };
  /** A project was opened, or the open one was closed (`id` null); `clientId` is who did it. */
  'project.current': {
    readonly id: ProjectId | null;
    readonly name: string;
    readonly clientId: string;
  };
  /** Another program takes the project over: save pending work, then call 'project.settled'. */
  'project.asked': Record<string, never>;
  /** An undo or redo by `clientId`, once however many images it touched; `of` made the step. */
  'project.turned': {
    readonly kind: 'undo' | 'redo';
    readonly clientId: string;
    readonly of: string;
    readonly label: string;
    readonly imageId: ImageId;
    readonly imageName: string;
  };
  /** Categories or states changed in bulk: fetch the summary again. */
  'project.changed': {
    readonly revision: Revision;
    readonly scanned: number;
    readonly scanning: boolean;
    readonly totals: ProjectTotals;
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
  'image.noted': 'ordered',
  'run.figures': 'ordered',
  'project.current': 'ordered',
  'project.asked': 'ordered',
  'project.turned': 'ordered',
  'project.changed': 'latest',
  'job.status': 'latest',
  'model.status': 'latest',
  notice: 'ordered',
};
