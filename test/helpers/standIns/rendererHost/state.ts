// What the small engine holds, and its promises about revisions, undo and events.
import { AppError } from '../../../../electron/api/errors.ts';
import type { CorrectionState } from '../../../../electron/api/corrections/corrections.ts';
import type { SavedFilter } from '../../../../electron/api/methods/project.ts';
import type { EventName, Events } from '../../../../electron/api/events.ts';
import type { Input, MethodName, Output, ProgressOf } from '../../../../electron/api/methods.ts';
import type { CallContext } from '../../../../electron/api/wire/peer.ts';
import type {
  Category,
  Handle,
  ImageId,
  ImageRecord,
  ImageStatus,
  Parked,
  Revision,
  Transaction,
} from '../../../../electron/api/types.ts';
import type { Settings } from '../../../../electron/api/settings.ts';
import type { RunSummary } from '../../../../electron/api/run.ts';
import type { LogMark } from '../../../../electron/engine/project/log/history.ts';
import { PROJECT_ID } from './fixtures.ts';
import { logStep } from './history.ts';
import { normalised } from './normalised.ts';
import type { ProjectTotals } from '../../../../electron/api/methods/project.ts';
import { apply, type Document } from '../../../../electron/api/rules/document.ts';

/** Handlers of the small engine, as far as it has them. */
export type Typed = {
  [M in MethodName]?: (
    input: Input<M>,
    call: CallContext & { progress: (event: ProgressOf<M>) => void },
  ) => Output<M> | Promise<Output<M>>;
};

export interface HostState {
  open: boolean;
  readOnly: boolean;
  revision: number;
  categories: Category[];
  images: ImageRecord[];
  documents: Map<ImageId, Document>;
  runs: Map<ImageId, RunSummary>;
  settings: Settings;
  filters: readonly SavedFilter[];
  corrections: CorrectionState;
  log: {
    transaction: Transaction;
    revision: number;
    at: string;
    undone: boolean;
    /** Of a step that changed more than annotations: puts the rest back, or brings it again. */
    turn?: (kind: 'undo' | 'redo') => void;
  }[];
  /** From which the engine's own rules say what can be undone, and by whom. */
  marks: LogMark[];
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
  /** What a person says of an image, as far as its annotations allow. */
  /** Answers with what was said before. */
  mark(id: ImageId, status: ImageStatus): ImageStatus;
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
  const record = (id: ImageId) => {
    const image = state.images[id - 1];
    if (!image) throw new AppError('IMAGE_UNKNOWN', `There is no image ${id}.`);
    return image;
  };
  const documentFor = (id: ImageId): Document => state.documents.get(id) ?? new Map();
  const recount = (id: ImageId) => {
    const all = [...documentFor(id).values()];
    const decided = all.filter((annotation) => annotation.status !== 'proposal').length;
    const accepted = all.filter((annotation) => annotation.status === 'accepted').length;
    const proposals = all.filter((annotation) => annotation.status === 'proposal');
    const before = record(id);
    state.images[id - 1] = {
      ...before,
      accepted,
      proposals: proposals.length,
      doubtful: proposals.filter((annotation) => annotation.doubtful).length,
      status: statusOf(id, decided, proposals.length),
    };
  };
  /** Images marked as begun; that one is reviewed is in its status. */
  const begun = new Set<ImageId>();
  const statusOf = (id: ImageId, decided: number, proposals: number): ImageStatus => {
    if (record(id).status === 'reviewed') return 'reviewed';
    if (begun.has(id) || decided > 0) return 'inProgress';
    return proposals > 0 ? 'proposals' : 'untouched';
  };
  const mark: Store['mark'] = (id, status) => {
    const { accepted, proposals } = record(id);
    const said = begun.has(id) ? 'inProgress' : 'untouched';
    const before = record(id).status === 'reviewed' ? 'reviewed' : said;
    if (status === 'inProgress') begun.add(id);
    else begun.delete(id);
    state.images[id - 1] = { ...record(id), status: status === 'reviewed' ? status : 'untouched' };
    state.images[id - 1] = { ...record(id), status: statusOf(id, accepted, proposals) };
    return before;
  };
  const committed = new Map<string, Revision>();
  const commit = (asked: Transaction, clientId: string, logged = true): Revision => {
    const earlier = committed.get(asked.txId);
    if (earlier !== undefined) return earlier;
    const transaction = {
      ...asked,
      changes: asked.changes.map((change) => normalised(change, record(asked.imageId), state)),
    };
    state.documents.set(transaction.imageId, apply(documentFor(transaction.imageId), transaction));
    state.revision += 1;
    const revision = state.revision as Revision;
    recount(transaction.imageId);
    committed.set(asked.txId, revision);
    if (logged && transaction.record !== 'never') logStep(state, transaction, clientId);
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
      revision: state.revision as Revision,
      scanning: false,
      readOnly: state.readOnly,
      readOnlyReason: state.readOnly ? 'Another Salience is working on this project.' : null,
      sample: false,
      categories: state.categories,
      filters: state.filters,
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
    mark,
    commit,
    stepAlso,
    totals,
    summary,
  };
}
