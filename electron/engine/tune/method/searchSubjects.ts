// The search on images that are read: the evaluator with the method's models, then every try.
import type { TuneJudge, TuneResult } from '../../../api/tuning.ts';
import type { EngineContext } from '../../context.ts';
import type { KnownPack } from '../../packs/packs.ts';
import { createEvaluator, type TuneSubject } from '../evaluator.ts';
import { runTuning, type TuningControl, type TuningInput } from '../runTuning.ts';
import { settingOf } from '../settings.ts';
import { evaluatorPacks, type Tuned } from './tuned.ts';

export interface SubjectSearch extends Pick<
  TuningInput,
  'axes' | 'parameters' | 'strategy' | 'evaluations' | 'seed'
> {
  readonly tuned: Tuned;
  readonly judge: TuneJudge;
  /** null: the image-text model judges by its own match. */
  readonly clip: KnownPack | null;
  readonly subjects: readonly TuneSubject[];
  /** Names of all classes. */
  readonly names: readonly string[];
}

/** Throws BAD_REQUEST when there is nothing to try. */
export async function searchSubjects(
  context: EngineContext,
  { tuned, judge, clip, subjects, names, ...search }: SubjectSearch,
  control: TuningControl,
): Promise<TuneResult> {
  const evaluator = createEvaluator(context, {
    subjects,
    ...evaluatorPacks(context, tuned, clip),
    names,
  });
  const { model, params, packs } = tuned;
  const outcome = await runTuning(
    { ...search, evaluator, model, inUse: settingOf(params), images: subjects.length },
    control,
  );
  return {
    ...outcome,
    judge,
    judgeName: clip?.name ?? packs.explain.name,
    withTruth: subjects.filter(({ truth }) => truth !== null).length,
  };
}
