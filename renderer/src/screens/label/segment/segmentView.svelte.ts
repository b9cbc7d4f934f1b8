// State and actions of the segment tool for its bars, its panel and its keys.
import type { Box, Category } from '../../../../../electron/api/types.ts';
import { area } from '../../../../../electron/masks/runs/rle.ts';
import type { ClicksModel } from '../../../canvas/previews/segment.ts';
import type { App } from '../../../state/app.svelte.ts';
import { text } from '../../../text/text.ts';
import { askedCrop, widerCrop } from '../../../tools/segment/crop.ts';
import { edgeOfCut } from '../../../tools/segment/question.ts';
import { adjusted, withoutStep } from '../../../tools/segment/segment.ts';
import {
  boxOf,
  CUT_STEP,
  MOST_CUT,
  NO_CLICKS,
  type SegmentState,
} from '../../../tools/segment/state.ts';
import { markReviewed } from '../reviewed.svelte.ts';
import { clickReaderOf } from './clickReader.svelte.ts';

/** Edge steps that salience may move, from one end of its scale to the other. */
const MOST_SALIENCE = 20;

/** The clicks being set. */
export function clicksInHand({ tools }: App): SegmentState {
  return tools.active.tool === 'segment' ? tools.active.state : NO_CLICKS;
}

/** Class of the object under the clicks: that of the object they change, else the pinned one. */
export function classInHand(app: App): Category | null {
  const { base } = clicksInHand(app);
  const object = base === null ? undefined : app.document.annotations.get(base);
  if (!object) return app.tools.category;
  return app.session.categoryById.get(object.categoryId) ?? null;
}

/** True while clicks wait for their image to be read. */
export function waitsForImage(app: App): boolean {
  return clickReaderOf(app).reading !== null && clicksInHand(app).steps.length > 0;
}

/** The next choice, or the one before. */
export function nextChoice(app: App, by: 1 | -1): boolean {
  const { steps } = clicksInHand(app);
  if (steps.length === 0) return false;
  const { shown } = app.tools.clicks;
  const count = shown?.steps === steps ? shown.choices.length : 0;
  if (count < 2) return true;
  return choose(app, (shown!.chosen + by + count) % count);
}

export function choose(app: App, chosen: number): boolean {
  const done = app.tools.adjustClicks((state) => adjusted(state, { chosen }));
  const choice = app.tools.clicks.shown?.choices[chosen];
  const name = classInHand(app)?.name ?? '';
  if (choice) app.toasts.say(text.segment.choiceSaid(name, chosen + 1, choice.fit));
  return done;
}

/** The edge one step tighter (1) or looser (-1). */
export function moveEdge(app: App, by: 1 | -1): boolean {
  return setEdge(app, clicksInHand(app).cut + by * CUT_STEP);
}

export function setEdge(app: App, cut: number): boolean {
  const most = app.session.clickPack ? MOST_CUT : MOST_SALIENCE;
  const held = Math.min(most, Math.max(-most, cut));
  return app.tools.adjustClicks((state) => adjusted(state, { cut: held }));
}

/** The edge by a cut of salience. */
export function setSalienceCut(app: App, cut: number): void {
  const usual = app.tools.clicks.shown?.salience?.usual;
  if (usual !== undefined) setEdge(app, edgeOfCut(cut, usual));
}

export const dropStep = (app: App, at: number): boolean =>
  app.tools.adjustClicks((state) => withoutStep(state, at));

/** Looks closely at what is in view, or at the whole image again. */
export function sharper(app: App): boolean {
  const { image, shown } = app.viewport;
  return app.tools.adjustClicks((state) => ({
    ...adjusted(state, { crop: state.crop ? null : askedCrop(image, shown, boxOf(state.steps)) }),
    steps: [...state.steps],
    after: null,
    chosen: 0,
  }));
}

/** A mask that goes on behind its crop is looked at once more, in a wider one. */
export function widen(app: App): void {
  const { shown } = app.tools.clicks;
  const state = clicksInHand(app);
  const meets = shown?.meets && Object.values(shown.meets).some(Boolean);
  if (!meets || shown.steps !== state.steps || !state.crop || widened.has(state.steps)) return;
  const crop = widerCrop(state.crop, app.viewport.image);
  const steps = [...state.steps];
  // Once: what still goes on is shown as it is.
  widened.add(steps);
  app.tools.adjustClicks((now) => ({ ...adjusted(now, { crop }), steps, after: null }));
}
const widened = new WeakSet<object>();

/** Accepts what is there, and marks the image as reviewed. */
export async function acceptAndGoOn(app: App): Promise<void> {
  if (clicksInHand(app).steps.length > 0) app.tools.key('confirm');
  if (clicksInHand(app).steps.length === 0) await markReviewed(app);
}

/** What the canvas draws of the clicks. */
export function clicksOnCanvas(app: App): ClicksModel {
  const { clicks, options } = app.tools;
  const state = clicksInHand(app);
  const { shown } = clicks;
  const crop = state.crop as Box | null;
  return {
    mask: state.steps.length > 0 ? (shown?.mask ?? null) : null,
    waits: waitsForImage(app),
    cuts: options.shapeMode === 'cut' && state.base === null,
    preview: state.steps.length === 0 && state.press === null ? clickReaderOf(app).preview : null,
    window: shown?.salience?.window ?? null,
    crop,
  };
}

/** Pixels and share of the image. */
export function areaInHand({ tools, viewport }: App): { pixels: number; share: number } | null {
  const mask = tools.clicks.shown?.mask;
  if (!mask) return null;
  const pixels = area(mask);
  return { pixels, share: pixels / Math.max(1, viewport.image.width * viewport.image.height) };
}

/** Why the clicks have no mask, in a sentence; null where they have one. */
export function refusalSaid(app: App): string | null {
  const { refusal } = app.tools.clicks;
  if (!refusal || clicksInHand(app).steps.length === 0) return null;
  const words = text.segment;
  switch (refusal.kind) {
    case 'noMaps':
      return words.noMaps(classInHand(app)?.name ?? words.noClass);
    case 'dark':
      return words.dark(refusal.value);
    case 'nothing':
      return words.nothingHere;
    case 'failed':
      return words.stopped;
  }
}
