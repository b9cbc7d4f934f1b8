// What a search is about: the method in use with its models and settings, what may change of them, and who judges.
import type { PrelabelParams } from '../../../api/run.ts';
import type { TuneJudge, TuneParameter } from '../../../api/tuning.ts';
import { FIRST_ENGINE } from '../../../link/engines/engines.ts';
import type { EngineContext } from '../../context.ts';
import { hashesOf, packsFor, type EnginePacks } from '../../packs/enginePacks.ts';
import { choiceOf, type KnownPack } from '../../packs/packs.ts';
import type { ResolvedParams } from '../../order/order.ts';
import { checkedParams, engineOf } from '../../prelabel/params.ts';
import type { EvaluatorInput } from '../evaluator.ts';
import { clipFor } from './judges.ts';
import { tuneParameters } from '../settings.ts';

export interface Tuned {
  /** Of the method, for people. */
  readonly name: string;
  readonly packs: EnginePacks;
  readonly params: ResolvedParams;
  /** 0 where the method has no layers and heads to choose. */
  readonly model: { readonly layers: number; readonly heads: number };
  /** Empty where it has. */
  readonly parameters: readonly TuneParameter[];
}

/** Throws PACK_UNKNOWN where the method's model is missing, PARAMS_INVALID for settings it does not know. */
export async function tunedOf(
  context: Pick<EngineContext, 'host'>,
  pack: KnownPack,
  asked: PrelabelParams,
): Promise<Tuned> {
  const engine = engineOf(asked);
  const packs = await packsFor(context, engine, pack);
  const params = checkedParams(asked, packs.explain.parameters);
  const hasHeads = engine.id === FIRST_ENGINE;
  return {
    name: engine.name,
    packs,
    params,
    model: hasHeads ? await sizeOf(packs.explain) : { layers: 0, heads: 0 },
    parameters: hasHeads ? [] : tuneParameters(params),
  };
}

/** Loaded when asked for: the families come with it. */
async function sizeOf({ folder }: KnownPack): Promise<Tuned['model']> {
  const { modelSize } = await import('../modelSize.ts');
  return modelSize(folder);
}

/** The CLIP that judges; null: the image-text model itself, by its match. */
export function judgeOf(
  context: Pick<EngineContext, 'host'>,
  judge: TuneJudge,
  { packs, parameters }: Tuned,
): Promise<KnownPack | null> {
  // A CLIP that makes the maps has no match, but it can look at their masks.
  if (judge === 'pack' && parameters.length > 0) return Promise.resolve(packs.explain);
  return clipFor(context, judge);
}

/** The models of a search, as the evaluator takes them. */
export function evaluatorPacks(
  context: Pick<EngineContext, 'settings' | 'devices' | 'userDataFolder'>,
  { packs, params }: Tuned,
  clip: KnownPack | null,
): Pick<EvaluatorInput, 'pack' | 'packHash' | 'judge' | 'clip' | 'clipHash' | 'params'> {
  return {
    pack: choiceOf(context, packs.explain),
    packHash: hashesOf(packs),
    judge: packs.judge && choiceOf(context, packs.judge),
    clip: clip && choiceOf(context, clip),
    clipHash: clip?.packHash ?? null,
    params: { engine: params.engine, explain: params.explain, masks: params.masks },
  };
}
