// Builds the question to the engine from the state of the segment tool.
import type { ClickCut, ClickPrompt, ClickStart } from '../../../../electron/api/clicks/clicks.ts';
import type { Input } from '../../../../electron/api/methods.ts';
import type { Annotation, Box, CategoryId, ImageId } from '../../../../electron/api/types.ts';
import type { ToolOptions } from '../types.ts';
import { changedPart } from './segment.ts';
import { boxOf, clicksOf, type ClickStep, type SegmentState } from './state.ts';

/** Everything that an answer depends on. */
export interface Asked {
  readonly imageId: ImageId;
  readonly steps: readonly ClickStep[];
  readonly chosen: number;
  readonly after: SegmentState['after'];
  readonly cut: ClickCut;
  readonly crop: Box | null;
  /** The object that is changed. */
  readonly base: Annotation | null;
  /** For salience, which knows classes only. */
  readonly category: CategoryId | null;
}

/** Cut of salience for a step of the edge's key. */
const SALIENCE_STEP = 0.05;

/** Null while there is nothing to ask. */
export function askedOf(
  state: SegmentState,
  context: {
    readonly imageId: ImageId;
    readonly options: ToolOptions;
    readonly category: CategoryId | null;
    readonly base: Annotation | null;
  },
): Asked | null {
  const { steps, chosen, after, crop } = state;
  if (steps.length === 0) return null;
  const { imageId, options, base, category } = context;
  const last = clicksOf(steps).findLast(({ adds }) => adds);
  const part = options.onePart && last ? { x: last.x, y: last.y } : null;
  const cut = { cut: state.cut, specks: options.specks, part };
  return { imageId, steps, chosen, after, cut, crop, base, category };
}

/** The question to a click model; `from` = the choice of earlier clicks, where it is still known. */
export function clickQuestion(
  asked: Asked,
  from: { readonly decode: number; readonly candidate: number } | null,
): Input<'segment.decode'> {
  const { imageId, crop, cut, steps, base } = asked;
  return { imageId, crop, cut, prompt: promptOf(steps), start: startOf(steps, base, from) };
}

/** The question to stored salience; null without a class. */
export function salienceQuestion(asked: Asked): Input<'segment.salience'> | null {
  const { imageId, category, cut, steps } = asked;
  if (category === null) return null;
  return { imageId, categoryId: category, prompt: promptOf(steps), off: cut.cut * SALIENCE_STEP };
}

/** Steps of the edge that lie between a cut of salience and the class's own. */
export const edgeOfCut = (cut: number, usual: number): number => (cut - usual) / SALIENCE_STEP;

function promptOf(steps: readonly ClickStep[]): ClickPrompt {
  return { points: clicksOf(steps).map(({ x, y, adds }) => ({ x, y, adds })), box: boxOf(steps) };
}

function startOf(
  steps: readonly ClickStep[],
  base: Annotation | null,
  from: { readonly decode: number; readonly candidate: number } | null,
): ClickStart {
  if (from) return { kind: 'choice', ...from };
  return base ? { kind: 'mask', mask: changedPart(base.mask, steps).part } : { kind: 'nothing' };
}
