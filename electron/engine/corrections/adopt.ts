// Suggested settings put to use: they become the project's, and untouched proposals that they change are remade.
// One step, taken back by one undo.
import type { CorrectionUse } from '../../api/corrections/corrections.ts';
import type { Annotation, ImageId } from '../../api/types.ts';
import type { PrelabelParams } from '../../api/run.ts';
import { intersectionOverUnion } from '../../masks/runs/combine.ts';
import { commitParts, type Step } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { annotationsOf } from '../project/annotations.ts';
import { openTargets } from '../project/corrections/openProposals.ts';
import type { Project } from '../project/project.ts';
import { pairedChanges, partOf, remade, type RemadeImage } from '../review/remake.ts';
import type { Present } from './evidence/evidence.ts';
import { isOfModel, SAME, untouchedOf } from './openImages.ts';

export async function adopt(
  context: EngineContext,
  project: Project,
  {
    present,
    params,
    label,
  }: { readonly present: Present; readonly params: PrelabelParams; readonly label: string },
  options: {
    readonly signal: AbortSignal;
    readonly clientId: string;
    readonly onProgress: (done: number, total: number) => void;
  },
): Promise<CorrectionUse> {
  const targets = openTargets(project.store);
  const result = { changed: 0, vanished: 0, unchanged: 0, withoutMaps: 0 };
  const made: RemadeImage[] = [];
  for (const [done, target] of targets.entries()) {
    options.signal.throwIfAborted();
    options.onProgress(done, targets.length);
    const { imageId, runId } = target;
    const existing = annotationsOf(project.store, imageId);
    const mine = untouchedOf(existing, runId);
    const fresh = isOfModel(project.store, target, present)
      ? await remade(context, project, { runId, params, thresholds: {} }, options.signal)
      : null;
    if (fresh === null) {
      result.withoutMaps += mine.length;
      continue;
    }
    const changes = pairedChanges({ existing, mine, fresh: fresh.proposals, alike }, result);
    if (changes.length > 0) made.push({ imageId, changes, fresh });
  }
  options.signal.throwIfAborted();
  const parts = [
    settings(project, params, label),
    ...made.map((one) => partOf(context, project, one, label)),
  ];
  commitParts(context, project, parts, options.clientId);
  return { ...result, params };
}

const alike = (old: Annotation, next: Annotation): boolean =>
  intersectionOverUnion(old.mask, next.mask) >= SAME;

function settings(project: Project, params: PrelabelParams, label: string): Step {
  return {
    label,
    origin: 'user',
    imageId: 0 as ImageId,
    transactions: [],
    rows: [['meta', 'params']],
    work: () => project.setMeta('params', JSON.stringify(params)),
  };
}
