// What becomes of masks that were found for the open image: proposals in the document, a run with its figures.
import type { Input } from '../../api/methods.ts';
import type { Annotation, CategoryId, ImageId } from '../../api/types.ts';
import { commitOne, publishChanged } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { annotationsOf, recount } from '../project/annotations.ts';
import { setFoundNothing } from '../project/images/imageFacts.ts';
import type { Project } from '../project/project.ts';
import { saveRun } from '../project/runs.ts';
import { proposalChanges } from './proposals.ts';
import { mixedRun, type OpenRun, type reapply } from './reapply.ts';
import { commitReapplied } from './reapplyStep.ts';
import { proposing } from './record.ts';
interface Again {
  readonly input: Input<'prelabel.reapply'>;
  readonly open: OpenRun;
  readonly made: Awaited<ReturnType<typeof reapply>>;
  readonly clientId: string;
}

/** Stores a run with its new figures and puts its proposals in place: as one step where the step has a name. */
export function keepAgain(
  context: EngineContext,
  project: Project,
  { input, open, made, clientId }: Again,
): void {
  const { only, step, params, keepParams, thresholds } = input;
  const { run, proposals, looks } = made;
  const classes = new Set(only ?? run.classes.map(({ categoryId }) => categoryId));
  const kept = only ? mixedRun(open.run, run, classes) : run;
  const save = () =>
    saveRun(
      project.store,
      kept,
      { thresholds: open.thresholds, looks },
      context.clock.now().toISOString(),
    );
  if (step === undefined) {
    save();
    return propose(context, project, { imageId: run.imageId, proposals, asked: classes, clientId });
  }
  commitReapplied(
    context,
    project,
    {
      label: step,
      run: kept,
      proposals,
      classes,
      thresholds,
      save,
      params: keepParams ? params : null,
    },
    clientId,
  );
}

interface Proposing {
  readonly imageId: ImageId;
  readonly proposals: readonly Annotation[];
  /** Classes that were asked for. */
  readonly asked: ReadonlySet<CategoryId>;
  readonly clientId: string;
}

/** Puts proposals in place of earlier ones of the same classes; what a person touched stays. */
export function propose(
  context: EngineContext,
  project: Project,
  { imageId, proposals, asked, clientId }: Proposing,
): void {
  const changes = proposalChanges(annotationsOf(project.store, imageId), proposals, {
    kind: 'classes',
    categoryIds: asked,
  });
  setFoundNothing(project.store, imageId, proposals.length === 0);
  if (changes.length === 0) {
    recount(project.store, imageId);
    // Nothing found is news too: the image has another state now.
    return publishChanged(context, project);
  }
  commitOne(context, project, proposing(context, imageId, changes), {
    clientId,
    keepChanges: false,
  });
}
