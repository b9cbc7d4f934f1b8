// What an order leaves in a project: its run, its proposals and the state of its image, in one transaction of
// the caller's. A job and results of a cluster are recorded here.
import type {
  Annotation,
  AnnotationChange,
  CategoryId,
  ImageId,
  JobId,
  Transaction,
} from '../../api/types.ts';
import type { ClassMask } from '../../link/facts.ts';
import { engineTransaction } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { annotationsOf, recount } from '../project/annotations.ts';
import { setFoundNothing } from '../project/images/imageFacts.ts';
import { commit, type Committed } from '../project/log/commit.ts';
import type { Project } from '../project/project.ts';
import { saveRun, type StoredRun } from '../project/runs.ts';
import { looksOf } from './looks.ts';
import { proposalChanges, proposalsOf, topZ, withoutRepeats, type Replace } from './proposals.ts';

export interface RunRecord {
  readonly run: StoredRun;
  readonly masks: readonly ClassMask[];
  /** That the masks were made with. */
  readonly thresholds: ReadonlyMap<CategoryId, number>;
}

export interface RecordedAs {
  readonly replace: Replace;
  readonly clientId: string;
  /** ISO time. */
  readonly at: string;
  readonly jobId?: JobId;
  /** Proposals of the same run that are there stay as they are; a job's are written in its own name. */
  readonly keepsSame?: true;
}

export interface Recorded {
  readonly proposals: readonly Annotation[];
  /** Null where no annotation changed. */
  readonly committed: Committed | null;
}

/** Changes of an image's proposals as a step of the model. */
export const proposing = (
  context: EngineContext,
  imageId: ImageId,
  changes: readonly AnnotationChange[],
): Transaction =>
  engineTransaction(context, {
    imageId,
    label: 'Propose masks',
    origin: 'model',
    record: 'never',
    changes,
  });

export function recordRun(
  context: EngineContext,
  { store }: Project,
  { run, masks, thresholds }: RunRecord,
  { replace, keepsSame, ...how }: RecordedAs,
): Recorded {
  const { imageId, runId } = run;
  saveRun(store, run, { thresholds, looks: looksOf(masks) }, how.at);
  // Read now: a person may have worked on the image while the model did.
  const before = annotationsOf(store, imageId);
  const proposals = proposalsOf(masks, runId, { newId: context.newId, above: topZ(before) });
  const all = proposalChanges(before, proposals, replace);
  const changes = keepsSame ? withoutRepeats(all) : all;
  setFoundNothing(store, imageId, proposals.length === 0);
  if (changes.length === 0) {
    recount(store, imageId);
    return { proposals, committed: null };
  }
  const committed = commit(store, proposing(context, imageId, changes), {
    ...how,
    lastStep: null,
    keepChanges: false,
  });
  return { proposals, committed };
}
