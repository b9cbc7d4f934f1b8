// The engines of a comparison on a handful of images of the project, the same classes for each: image by image, one
// engine at a time, and nothing is written.
import type { EngineOffer } from '../../../../../../electron/api/model.ts';
import type { Progress } from '../../../../../../electron/api/methods/method.ts';
import type { EngineLook } from '../../../../../../electron/api/run.ts';
import { spread } from '../../../../../../electron/api/rules/spread.ts';
import type { ImageId } from '../../../../../../electron/api/types.ts';
import type { App } from '../../../../state/app.svelte.ts';
import { LongCall } from '../../../../state/longCall.svelte.ts';
import { promptOf } from '../../../../state/prelabel.svelte.ts';
import { agreementOf, foundOf, meanAgreement } from '../agreement.ts';

export const IMAGES = 6;

interface SixImage {
  readonly id: ImageId;
  readonly name: string;
}

/** What an engine made of an image, or why it could not. */
export interface Cell {
  readonly look: EngineLook | null;
  readonly problem: unknown;
}

export interface EngineFigures {
  readonly images: number;
  readonly masks: number;
  readonly doubtful: number;
  /** Mean overlap with the other engines on images that all of them have done; null: there is none. */
  readonly agreement: number | null;
  /** For one image. */
  readonly milliseconds: number | null;
}

const keyOf = (engine: string, id: ImageId) => `${engine} ${id}`;

export class SixImages extends LongCall<Progress> {
  readonly #app: App;
  images = $state.raw<readonly SixImage[]>([]);
  engines = $state.raw<readonly EngineOffer[]>([]);
  #cells = $state.raw<ReadonlyMap<string, Cell>>(new Map());

  constructor(app: App, over: AbortSignal) {
    super(over);
    this.#app = app;
  }

  cell(engine: string, id: ImageId): Cell | null {
    return this.#cells.get(keyOf(engine, id)) ?? null;
  }

  /** Runs engines on images spread over the project; what a model said before costs next to nothing. */
  run(engines: readonly EngineOffer[]): Promise<void> {
    return this.during(async ({ signal, onProgress }) => {
      const { session, prelabel } = this.#app;
      this.engines = engines;
      this.#cells = new Map();
      this.images = [];
      const { total } = await this.#list(0);
      const rows = spread([...Array(total).keys()], IMAGES);
      const pages = await Promise.all(rows.map((row) => this.#list(row)));
      signal.throwIfAborted();
      this.images = pages.flatMap(({ images }) => images);
      const classes = prelabel.asked.map(promptOf);
      const steps = this.images.flatMap((image) => engines.map((engine) => ({ image, engine })));
      for (const [done, { image, engine }] of steps.entries()) {
        onProgress({ stage: image.name, done, total: steps.length });
        const params = { ...prelabel.params, engine: engine.id };
        const asked = { imageId: image.id, classes, params };
        const cell = await session.call('prelabel.look', asked, { signal }).then(
          (look): Cell => ({ look, problem: null }),
          (problem: unknown): Cell => ({ look: null, problem }),
        );
        signal.throwIfAborted();
        this.#cells = new Map(this.#cells).set(keyOf(engine.id, image.id), cell);
      }
    });
  }

  figures(engine: string): EngineFigures {
    const looks = this.images.flatMap(({ id }) => this.cell(engine, id)?.look ?? []);
    const masks = looks.flatMap((look) => look.masks);
    return {
      images: looks.length,
      masks: masks.length,
      doubtful: masks.filter(({ doubtful }) => doubtful).length,
      agreement: this.#agreement(engine),
      milliseconds: average(looks.map((look) => look.milliseconds)),
    };
  }

  #agreement(engine: string): number | null {
    const at = this.engines.findIndex(({ id }) => id === engine);
    const ids = this.#app.session.categories.map(({ id }) => id);
    const values = this.images.flatMap(({ id: image }) => {
      const looks = this.engines.flatMap(({ id }) => this.cell(id, image)?.look ?? []);
      if (looks.length < this.engines.length) return [];
      const classes = agreementOf(ids, looks.map(foundOf));
      return meanAgreement(classes, at, looks.length) ?? [];
    });
    return average(values);
  }

  #list(cursor: number) {
    return this.#app.session.call('image.list', { cursor, limit: 1, filter: {}, order: 'name' });
  }
}

const average = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
