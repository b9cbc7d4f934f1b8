// How far settings fit the masks of finished images: asked of their stored maps on small images, and remembered in
// the project until the image, its run or what no setting changes is another one.
import { createHash } from 'node:crypto';
import type { CategoryId } from '../../../api/types.ts';
import type { TriedSetting, TryScope } from '../../../link/tuneScores.ts';
import type { MaskParams } from '../../../link/params.ts';
import type { EngineContext } from '../../context.ts';
import { effectiveThresholds } from '../../order/order.ts';
import type { Project } from '../../project/project.ts';
import { keepScores, knownScores, type ScoredImage } from '../../project/corrections/scores.ts';
import type { Table } from '../fit/search.ts';
import { keyOf, withSetting, type MaskSetting } from '../fit/setting.ts';
import { rowValue } from '../fit/verdict.ts';
import type { EvidenceRow, Present } from './evidence.ts';

/** Long side of the images that settings are tried on: at 640 px a try takes three times as long, to the same end. */
export const SMALL_SIDE = 256;

export interface Watch {
  readonly signal: AbortSignal;
  onProgress(progress: { stage: string; done: number; total: number }): void;
}

export interface Scores extends Table {
  /** Overlap of each judged class of an image. */
  overlaps(image: number, setting: MaskSetting): readonly number[];
  /** Settings that were asked for. */
  tried(): readonly MaskSetting[];
}

/** Scores of the rows, in their order. */
export function createScores(
  context: EngineContext,
  project: Project,
  rows: readonly EvidenceRow[],
  { present, watch }: { readonly present: Present; readonly watch: Watch },
): Scores {
  const base = baseOf(present);
  const places = rows.map(({ imageId, revision, run }): ScoredImage => {
    return { imageId, revision, runId: run.runId, base };
  });
  const known = rows.map(({ classes }, image) =>
    knownScores(project.store, places[image]!, classes.length),
  );
  const tried = new Map<string, MaskSetting>();
  const overlaps = (image: number, setting: MaskSetting) => known[image]![keyOf(setting)]!;
  return {
    images: rows.length,
    overlaps,
    value: (image, setting) => valueOf(rows[image]!, overlaps(image, setting)),
    tried: () => [...tried.values()],
    async know(settings) {
      for (const setting of settings) tried.set(keyOf(setting), setting);
      for (const [image, row] of rows.entries()) {
        const missing = inOrder(settings.filter((one) => !(keyOf(one) in known[image]!)));
        if (missing.length === 0) continue;
        watch.signal.throwIfAborted();
        const stage = `Compare settings, image ${image + 1} of ${rows.length}`;
        watch.onProgress({ stage, done: image, total: rows.length });
        for (let from = 0; from < missing.length; from += AT_ONCE) {
          const some = missing.slice(from, from + AT_ONCE);
          const { scores } = await askScores(
            context,
            row,
            some.map((one) => triedSetting(present, withSetting(present.params.masks, one))),
            { scope: { side: SMALL_SIDE, growths: [] }, signal: watch.signal },
          );
          for (const [at, one] of some.entries()) known[image]![keyOf(one)] = scores[at]!;
        }
        if (!project.readOnly) keepScores(project.store, places[image]!, known[image]!);
      }
    },
  };
}

/** Tries of one question: whoever needs the same thread must not wait for all of them, which take seconds. */
const AT_ONCE = 8;

/** What overlaps of an image's judged classes are worth. */
export const valueOf = ({ classes }: EvidenceRow, overlaps: readonly number[]): number =>
  rowValue(overlaps.map((overlap, place) => ({ overlap, corrected: classes[place]!.corrected })));

/** Those that share the lattices of the CRF follow each other. */
function inOrder(settings: readonly MaskSetting[]): MaskSetting[] {
  const once = new Map(settings.map((one) => [keyOf(one), one]));
  return [...once.values()].sort((a, b) => a.colour - b.colour || a.reach - b.reach);
}

export const askScores = (
  context: EngineContext,
  { path, runFile, classes }: Pick<EvidenceRow, 'path' | 'runFile' | 'classes'>,
  tries: readonly TriedSetting[],
  {
    scope,
    signal,
  }: { readonly scope: Pick<TryScope, 'side' | 'growths'>; readonly signal: AbortSignal },
) =>
  context.link.request(
    'masks.tried',
    {
      imagePath: path,
      runFile,
      tries,
      scope: {
        ...scope,
        accepted: classes.map(({ categoryId, mask }) => ({ categoryId, mask })),
        classes: [],
      },
    },
    { signal, priority: 'batch' },
  );

/** Parameters with what cuts each class: those with a threshold of their own keep it. */
export function triedSetting({ categories }: Present, params: MaskParams): TriedSetting {
  const classes = categories.map(({ id, threshold }) => ({ categoryId: id, threshold }));
  return {
    params,
    thresholds: Object.fromEntries(effectiveThresholds(categories, classes, {}, params)),
    stuff: categories.flatMap(({ id, kind }): CategoryId[] => (kind === 'stuff' ? [id] : [])),
  };
}

/** What decides masks besides the settings that are tried. */
function baseOf({ params: { masks }, categories }: Present): string {
  // What a setting names itself says nothing here.
  const named = { threshold: 0, stuffShare: 0, thresholdRule: '', temperature: 0, blur: 0 };
  const kept = { ...masks, ...named, crfBilateralRgb: 0, crfBilateralPx: 0 };
  const classes = categories.map(({ id, kind, threshold }) => [id, kind, threshold]);
  return createHash('sha256')
    .update(JSON.stringify([1, SMALL_SIDE, kept, classes]))
    .digest('hex');
}
