// What is asked of an image: models, classes and parameters, made ready for whoever does the work. With the
// hash of the image it is one key, which names the maps and the run that come of it.
import { createHash } from 'node:crypto';
import { usualThreshold } from '../../api/rules/thresholds.ts';
import type { PromptClass } from '../../api/run.ts';
import type { Category, CategoryId, ImageId, Json, RunId } from '../../api/types.ts';
import { engineById, FIRST_ENGINE } from '../../link/engines/engines.ts';
import type { AskedClass, MaskOptions, PackChoice } from '../../link/facts.ts';
import type { MaskParams, PipelineParams } from '../../link/params.ts';

type Kinds = readonly Pick<Category, 'id' | 'kind'>[];

/** 'sam' = the click model of the settings, or 'sam:' and the id of a pack. */
export type Refine = 'sam' | `sam:${string}`;

/** Every parameter, checked. */
export interface ResolvedParams<Own extends object = object> extends PipelineParams<Own> {
  /** 'thing' classes give one proposal per connected part. */
  readonly instances: boolean;
  /** Left out: edges stay as the run made them. */
  readonly refine?: Refine;
  /** The outline of stuff moves as well. */
  readonly stuffEdges?: boolean;
}

export interface Order {
  readonly packs: OrderPacks;
  readonly params: ResolvedParams;
  readonly classes: readonly AskedClass[];
  /** What cuts each class. */
  readonly thresholds: ReadonlyMap<CategoryId, number>;
  readonly mask: MaskOptions;
}

/** The models of an order, by role. */
export interface OrderPacks {
  readonly explain: PackChoice;
  /** Null: the engine needs none, or the model that explains judges as well. */
  readonly judge: PackChoice | null;
  /** What tells these models from others (`modelsHash`). */
  readonly hash: string;
}

/** One hash for the models of an engine; that of the pack itself where there is one. */
export const modelsHash = (explain: string, judge?: string | null): string =>
  judge ? `${explain} ${judge}` : explain;

export interface Asked {
  readonly classes: readonly PromptClass[];
  /** The caller's word on single classes. */
  readonly thresholds: { readonly [categoryId: number]: number };
  readonly draft: boolean;
  /** False where nobody asks how sure the masks are; of a draft nobody does. */
  readonly steadiness?: boolean;
}

/** Classes as the model is asked for them, with what cuts each. */
export function orderOf(
  kinds: Kinds,
  { classes, thresholds, draft, steadiness = true }: Asked,
  { packs, params }: Pick<Order, 'packs' | 'params'>,
): Order {
  const { masks, instances } = params;
  const cuts = effectiveThresholds(kinds, classes, thresholds, masks);
  return {
    packs,
    params,
    classes: withKinds(kinds, classes),
    thresholds: cuts,
    mask: maskOptions(kinds, masks, cuts, { draft, steadiness, instances }),
  };
}

/** What decides the maps, as one key: same key, same maps. */
export function mapsKey(
  imageHash: string,
  models: string,
  classes: readonly AskedClass[],
  { engine, explain }: Pick<PipelineParams<object>, 'engine' | 'explain'>,
): string {
  const asked = askedWords(classes, engine);
  // The first engine's key names none: what was kept before there were others is found again.
  const made = engine === FIRST_ENGINE ? [1] : [2, engine];
  return createHash('sha256')
    .update(JSON.stringify([...made, imageHash, models, asked, explain]))
    .digest('hex');
}

/** What is asked for each class, for keys of what comes of it. */
export function askedWords(classes: readonly AskedClass[], engine: string): Json[] {
  // Kinds are left out of the keys of engines that ask all classes alike.
  const tells = engineById(engine)?.kindsApart === true;
  return classes.map(({ categoryId, name, prompt, synonyms, kind }) => [
    categoryId,
    prompt || name,
    [...synonyms],
    ...(tells && kind === 'stuff' ? [kind] : []),
  ]);
}

/** A class that the table does not know is a thing. */
export function withKinds(kinds: Kinds, classes: readonly PromptClass[]): AskedClass[] {
  const kindOf = new Map(kinds.map(({ id, kind }) => [id, kind]));
  return classes.map((one) => ({ ...one, kind: kindOf.get(one.categoryId) ?? 'thing' }));
}

/** The run that an order leaves with an image: the same one, however often and wherever it is done. */
export const runIdOf = (mapsKey: string, imageId: ImageId): RunId =>
  `${mapsKey.slice(0, 32)}-${imageId}` as RunId;

/** Class by class: the caller's word, then the class's own, then the parameters' for things or stuff. */
export function effectiveThresholds(
  kinds: Kinds,
  classes: readonly Pick<PromptClass, 'categoryId' | 'threshold'>[],
  asked: Asked['thresholds'],
  masks: MaskParams,
): Map<CategoryId, number> {
  const kindOf = new Map(kinds.map(({ id, kind }) => [id, kind]));
  return new Map(
    classes.map(({ categoryId, threshold }) => [
      categoryId,
      asked[categoryId] ?? threshold ?? usualThreshold(kindOf.get(categoryId) ?? 'thing', masks),
    ]),
  );
}

/** Options for the mask half of the pipeline. */
export function maskOptions(
  kinds: Kinds,
  params: MaskParams,
  thresholds: ReadonlyMap<CategoryId, number>,
  {
    draft,
    steadiness = true,
    instances,
  }: Pick<Asked, 'draft' | 'steadiness'> & { readonly instances: boolean },
): MaskOptions {
  const idsOf = (wanted: Category['kind']) =>
    kinds.filter(({ kind }) => kind === wanted).map(({ id }) => id);
  return {
    params,
    draft,
    thresholds: Object.fromEntries(thresholds),
    stuff: idsOf('stuff'),
    steadiness: steadiness && !draft,
    instances: instances ? idsOf('thing') : [],
  };
}
