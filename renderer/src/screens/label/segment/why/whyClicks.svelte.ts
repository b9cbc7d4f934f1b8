// Why the mask of clicks is as it is: whether that is shown, and in which words.
import type { RunSummary, ScoreMap } from '../../../../../../electron/api/run.ts';
import type { CategoryId } from '../../../../../../electron/api/types.ts';
import { newest } from '../../../../host/newest.ts';
import type { App } from '../../../../state/app.svelte.ts';
import { perApp } from '../../../../state/perApp.svelte.ts';
import type { Shown } from '../../../../state/tools/shownMask.ts';
import { text } from '../../../../text/text.ts';
import { clicksOf } from '../../../../tools/segment/state.ts';
import { fetchMaps } from '../../../evidence/maps/fetchMaps.ts';
import { filmOf } from '../../../evidence/maps/frames.ts';
import { classInHand, clicksInHand } from '../segmentView.svelte.ts';

/** Longer side of the map behind the pictures. */
const MAP_SIDE = 384;

class WhyClicks {
  readonly #app: App;
  /** Somebody asked; it stays so for the clicks that follow. */
  open = $state(false);
  /** Salience of the class in hand; null where it is not at hand. */
  map = $state.raw<ScoreMap | null>(null);
  #mapOf = '';
  readonly #newest = newest((signal: AbortSignal, run: RunSummary, id: CategoryId) =>
    this.#fetch(signal, run, id),
  );

  constructor(app: App) {
    this.#app = app;
  }

  /** Fetches the salience of a class once per run and setting. */
  async load(categoryId: CategoryId | null): Promise<void> {
    const { run } = this.#app.document;
    const wanted =
      run && categoryId !== null ? JSON.stringify([run.runId, categoryId, run.params]) : '';
    if (wanted === this.#mapOf) return;
    this.#mapOf = wanted;
    this.map = null;
    if (!run || categoryId === null) return;
    try {
      const maps = await this.#newest.ask(run, categoryId);
      if (maps) this.map = [...maps.values()][0] ?? null;
    } catch {
      // The pictures of the clicks stand without it; the next mask asks again.
      this.#mapOf = '';
    }
  }

  #fetch(signal: AbortSignal, run: RunSummary, categoryId: CategoryId) {
    const frames = filmOf(run, categoryId).steps.filter(({ kind }) => kind === 'blurred');
    const { session, prelabel } = this.#app;
    return fetchMaps(session, { run, params: prelabel.params, maxSide: MAP_SIDE }, frames, signal);
  }
}

export const whyClicksOf = perApp((app) => new WhyClicks(app));

/** The mask in hand that can be explained; null = there is none. */
export function explained(app: App): Shown | null {
  const { steps } = clicksInHand(app);
  const { shown } = app.tools.clicks;
  return app.tools.id === 'segment' && steps.length > 0 && shown?.steps === steps ? shown : null;
}

/** Somebody asked, and there is a mask to explain. */
export const explainsClicks = (app: App): boolean =>
  whyClicksOf(app).open && explained(app) !== null;

/** One sentence for all of it. */
export function whySaid(app: App, shown: Shown): string {
  const words = text.segment.why;
  const name = classInHand(app)?.name ?? text.segment.noClass;
  if (shown.salience) return words.fromSalience(shown.salience.value, name);
  const clicks = clicksOf(shown.steps).length;
  const pack = app.session.clickPack?.name ?? '';
  const isOneClick = clicks === 1 && shown.steps.length === 1;
  const rule = shown.chosen > 0 ? words.yours : isOneClick ? words.oneClick : words.clear;
  return `${words.gave(pack, shown.choices.length)} ${rule}`;
}
