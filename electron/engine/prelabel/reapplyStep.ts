// Settings put to use as one step: masks remade, the thresholds that made them, the figures of the run and,
// where asked, the project's settings. Undo takes all of it back together.
import type { Annotation, CategoryId } from '../../api/types.ts';
import type { PrelabelParams } from '../../api/run.ts';
import { commitStep, engineTransaction } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { annotationsOf } from '../project/annotations.ts';
import { setThreshold } from '../project/classes/categories.ts';
import type { RowName } from '../project/log/facts.ts';
import type { Project } from '../project/project.ts';
import type { StoredRun } from '../project/runs.ts';
import { proposalChanges } from './proposals.ts';

export interface Reapplied {
  readonly label: string;
  readonly run: StoredRun;
  readonly proposals: readonly Annotation[];
  /** Classes whose proposals are replaced. */
  readonly classes: ReadonlySet<CategoryId>;
  /** Become the classes' own. */
  readonly thresholds: { readonly [categoryId: number]: number };
  /** Become the project's; null = they stay as they are. */
  readonly params: PrelabelParams | null;
  /** Stores the run with its new figures. */
  readonly save: () => void;
}

export function commitReapplied(
  context: EngineContext,
  project: Project,
  step: Reapplied,
  clientId: string,
): void {
  const { label, run, proposals, classes, thresholds, params, save } = step;
  const { store } = project;
  const { imageId } = run;
  const changes = proposalChanges(annotationsOf(store, imageId), proposals, {
    kind: 'classes',
    categoryIds: classes,
  });
  const own = Object.entries(thresholds).map(
    ([id, value]) => [Number(id) as CategoryId, value] as const,
  );
  const rows: RowName[] = [
    ['run', run.runId],
    ...run.classes.map(({ categoryId }): RowName => ['run_class', categoryId, run.runId]),
    ...own.map(([id]): RowName => ['category', id]),
    ...(params ? ([['meta', 'params']] as const) : []),
  ];
  commitStep(
    context,
    project,
    {
      label,
      origin: 'model',
      imageId,
      transactions:
        changes.length > 0
          ? [
              engineTransaction(context, {
                imageId,
                label,
                origin: 'model',
                record: 'now',
                changes,
              }),
            ]
          : [],
      rows,
      work: () => {
        save();
        for (const [id, value] of own) setThreshold(store, id, value);
        if (params) project.setMeta('params', JSON.stringify(params));
      },
    },
    clientId,
  );
}
