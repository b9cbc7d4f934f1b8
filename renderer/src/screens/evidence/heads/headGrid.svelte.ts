// Maps of all layers and heads on the first pass: fetched layer by layer, since the model runs for each.
import type { CategoryId, RleMask } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { agreement, coverage } from './agreement.ts';
import { MOST_REQUESTS } from '../maps/fetchMaps.ts';
import { headKey, isUsed } from '../maps/frames.ts';
import type { MapRequest, RunSummary, ScoreMap } from '../../../../../electron/api/run.ts';

export interface HeadScore {
  readonly layer: number;
  readonly head: number;
  readonly agreement: number;
}

/** What the grid reads of its screen. */
export interface HeadGridSource {
  readonly run: RunSummary | null;
  readonly categoryId: CategoryId | null;
  readonly masks: readonly RleMask[];
  readonly app: Pick<App, 'session' | 'prelabel'>;
}

export class HeadGrid {
  readonly #view: HeadGridSource;
  /** Maps of all classes that were fetched, by class and 'head3/7'. */
  #all = $state.raw<ReadonlyMap<CategoryId, ReadonlyMap<string, ScoreMap>>>(new Map());
  /** Layer under way, 1-based; null when nothing runs. */
  loadingLayer = $state<number | null>(null);
  problem = $state.raw<unknown>(null);
  /** Asked for by hand or by a small model: the next class follows without a button. */
  wanted = $state(false);
  #controller: AbortController | null = null;

  readonly maps: ReadonlyMap<string, ScoreMap> = $derived.by(() => {
    const id = this.#view.categoryId;
    return (id === null ? undefined : this.#all.get(id)) ?? new Map<string, ScoreMap>();
  });
  readonly isComplete: boolean = $derived.by(() => {
    const run = this.#view.run;
    return run !== null && this.maps.size === run.allLayers * run.allHeads;
  });
  /** Agreement of every map with the mask in view; empty without a mask. */
  readonly scores: ReadonlyMap<string, number> = $derived.by(() => {
    const { run, masks } = this.#view;
    const scores = new Map<string, number>();
    if (!run || masks.length === 0) return scores;
    const cover = coverage(masks, run.gridRows, run.gridColumns);
    for (const [key, map] of this.maps) {
      // A head that looks nowhere cannot agree.
      const value = map.maximum > 0 ? agreement(map, cover) : null;
      if (value !== null) scores.set(key, value);
    }
    return scores;
  });
  /** The best that are not in use. */
  readonly closest: readonly HeadScore[] = $derived.by(() => {
    const run = this.#view.run;
    if (!run) return [];
    const found: HeadScore[] = [];
    for (let layer = 1; layer <= run.allLayers; layer += 1)
      for (let head = 1; head <= run.allHeads; head += 1) {
        const value = this.scores.get(headKey(layer, head));
        if (value !== undefined && !isUsed(run, layer, head))
          found.push({ layer, head, agreement: value });
      }
    return found.sort((a, b) => b.agreement - a.agreement).slice(0, 3);
  });

  constructor(view: HeadGridSource) {
    this.#view = view;
  }

  clear(): void {
    this.#controller?.abort();
    this.#controller = null;
    this.#all = new Map();
    this.loadingLayer = null;
    this.problem = null;
  }

  stop(): void {
    this.wanted = false;
    this.#controller?.abort();
  }

  /** Fetches what is missing for the class in view; a second call while one runs does nothing. */
  async load(): Promise<void> {
    const { run, categoryId, app } = this.#view;
    if (!run || categoryId === null || this.#controller || this.isComplete) return;
    const controller = new AbortController();
    this.#controller = controller;
    this.problem = null;
    this.wanted = true;
    const asked = run.classes.map((one) => one.categoryId);
    // The model's answer holds all classes: take them along while the question stays small.
    const ids = run.allHeads * asked.length <= MOST_REQUESTS ? asked : [categoryId];
    try {
      for (let layer = 1; layer <= run.allLayers; layer += 1) {
        this.loadingLayer = layer;
        const requests: Extract<MapRequest, { kind: 'layerHead' }>[] = ids.flatMap((id) =>
          Array.from({ length: run.allHeads }, (_, index) => ({
            kind: 'layerHead' as const,
            categoryId: id,
            layer,
            head: index + 1,
          })),
        );
        const { maps } = await app.session.call(
          'prelabel.maps',
          { runId: run.runId, params: app.prelabel.params, requests, maxSide: 64 },
          { signal: controller.signal },
        );
        if (controller.signal.aborted) return;
        this.#add(requests, maps);
      }
    } catch (error) {
      if (!controller.signal.aborted) this.problem = error;
    } finally {
      if (this.#controller === controller) {
        this.#controller = null;
        this.loadingLayer = null;
      }
    }
  }

  #add(
    requests: readonly Extract<MapRequest, { kind: 'layerHead' }>[],
    maps: readonly ScoreMap[],
  ): void {
    const next = new Map(this.#all);
    for (const [i, { categoryId, layer, head }] of requests.entries()) {
      const map = maps[i];
      if (!map || map.values.length < 2) continue;
      const own = new Map(next.get(categoryId));
      own.set(headKey(layer, head), map);
      next.set(categoryId, own);
    }
    this.#all = next;
  }
}
