// What the small engine holds, and its promises about revisions, undo and events.
import { apply, joins, type Document } from '../../../electron/api/document.ts';
import type { EventName, Events } from '../../../electron/api/events.ts';
import type {
  Input,
  MethodName,
  Output,
  ProgressOf,
  ProjectTotals,
} from '../../../electron/api/methods.ts';
import type { CallContext } from '../../../electron/api/wire/peer.ts';
import type {
  Category,
  Handle,
  ImageId,
  ImageRecord,
  Parked,
  RunSummary,
  Revision,
  Settings,
  Transaction,
} from '../../../electron/api/types.ts';

/** Handlers of the small engine, as far as it has them. */
export type Typed = {
  [M in MethodName]?: (
    input: Input<M>,
    call: CallContext & { progress: (event: ProgressOf<M>) => void },
  ) => Output<M> | Promise<Output<M>>;
};
import { PROJECT_ID } from './fixtures.ts';

export interface HostState {
  open: boolean;
  readOnly: boolean;
  revision: number;
  categories: Category[];
  images: ImageRecord[];
  documents: Map<ImageId, Document>;
  runs: Map<ImageId, RunSummary>;
  settings: Settings;
  log: {
    transaction: Transaction;
    revision: number;
    at: string;
    undone: boolean;
    /** Of a step that changed more than annotations: puts the rest back, or brings it again. */
    turn?: (kind: 'undo' | 'redo') => void;
  }[];
  parked: Parked[];
}

/** The engine's promises about revisions, undo and events, over that state. */
export interface Store {
  readonly state: HostState;
  publish<E extends EventName>(event: E, payload: Events[E], key?: string): void;
  onEvent(
    listener: <E extends EventName>(event: E, payload: Events[E], key: string) => void,
  ): () => void;
  record(id: ImageId): ImageRecord;
  documentFor(id: ImageId): Document;
  /** `logged` false: a step that undo itself takes. */
  commit(transaction: Transaction, clientId: string, logged?: boolean): Revision;
  /** The last step changed classes and figures of a run as well: undo and redo turn them with it. */
  stepAlso(before: Category[], run: RunSummary, fresh: RunSummary): void;
  totals(): ProjectTotals;
  summary(): Output<'project.summary'>;
}

export function createStore(state: HostState): Store {
  const listeners = new Set<
    <E extends EventName>(event: E, payload: Events[E], key: string) => void
  >();
  const publish: Store['publish'] = (event, payload, key = '') => {
    for (const listener of listeners) listener(event, payload, key);
  };
  const record = (id: ImageId) => state.images[id - 1]!;
  const documentFor = (id: ImageId): Document => state.documents.get(id) ?? new Map();
  const recount = (id: ImageId) => {
    const all = [...documentFor(id).values()];
    const accepted = all.filter((annotation) => annotation.status === 'accepted').length;
    const proposals = all.filter((annotation) => annotation.status === 'proposal');
    const before = record(id);
    const status =
      before.status === 'reviewed' && proposals.length === 0
        ? 'reviewed'
        : accepted > 0 && proposals.length > 0
          ? 'inProgress'
          : proposals.length > 0
            ? 'proposals'
            : accepted > 0
              ? 'inProgress'
              : 'untouched';
    state.images[id - 1] = {
      ...before,
      accepted,
      proposals: proposals.length,
      doubtful: proposals.filter((annotation) => annotation.doubtful).length,
      status,
    };
  };
  const commit = (transaction: Transaction, clientId: string, logged = true): Revision => {
    state.documents.set(transaction.imageId, apply(documentFor(transaction.imageId), transaction));
    state.revision += 1;
    const revision = state.revision as Revision;
    recount(transaction.imageId);
    if (logged && transaction.record !== 'never') {
      state.log = state.log.filter((entry) => !entry.undone);
      const last = state.log.at(-1);
      if (last && joins(last.transaction, transaction))
        last.transaction = {
          ...last.transaction,
          changes: [...last.transaction.changes, ...transaction.changes],
        };
      else state.log.push({ transaction, revision, at: new Date().toISOString(), undone: false });
    }
    publish('project.revision', {
      revision,
      clientId,
      transaction,
      image: record(transaction.imageId),
      totals: totals(),
    });
    return revision;
  };
  const stepAlso: Store['stepAlso'] = (before, run, fresh) => {
    const after = state.categories;
    const tell = () =>
      publish('project.changed', {
        revision: state.revision as Revision,
        scanned: state.images.length,
        scanning: false,
        totals: totals(),
      });
    tell();
    state.log.at(-1)!.turn = (kind) => {
      state.categories = kind === 'undo' ? before : after;
      const figures = kind === 'undo' ? run : fresh;
      state.runs.set(run.imageId, figures);
      publish('run.figures', figures);
      tell();
    };
  };
  let asOf = 0;
  const totals = (): ProjectTotals => {
    const counts = { untouched: 0, proposals: 0, inProgress: 0, reviewed: 0 };
    for (const image of state.images) counts[image.status] += 1;
    return {
      asOf: (asOf += 1),
      images: state.images.length,
      counts,
      proposals: state.images.reduce((sum, image) => sum + image.proposals, 0),
      doubtful: state.images.reduce((sum, image) => sum + image.doubtful, 0),
    };
  };
  const summary = (): Output<'project.summary'> => {
    return {
      ...totals(),
      id: PROJECT_ID,
      handle: 'sample' as Handle,
      name: 'Sample mix',
      folderName: 'sample-mix',
      revision: state.revision as Revision,
      scanning: false,
      readOnly: state.readOnly,
      sample: false,
      categories: state.categories,
      packId: 'demo',
      params: { preset: 'default', overrides: {} },
      thresholds: { thing: 0.15, stuff: 0.15 },
    };
  };
  return {
    state,
    publish,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    record,
    documentFor,
    commit,
    stepAlso,
    totals,
    summary,
  };
}
