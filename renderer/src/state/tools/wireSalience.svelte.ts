// The salience that guides the edges of a polygon: that of the class in hand, where the image's run has stored it.
import type { RunSummary, ScoreMap } from '../../../../electron/api/run.ts';
import type { CategoryId } from '../../../../electron/api/types.ts';
import { newest } from '../../host/newest.ts';
import type { Guide } from '../../tools/polygon/wireGuide.ts';
import type { StoredSalience } from '../document/salience.ts';

interface Asked {
  readonly salience: StoredSalience;
  readonly run: RunSummary | null;
  readonly categoryId: CategoryId | null;
}

export class WireSalience {
  /** Null: there is none, or it is on its way. */
  map = $state.raw<ScoreMap | null>(null);
  readonly #newest = newest(async (signal: AbortSignal, { salience, run, categoryId }: Asked) =>
    categoryId === null ? null : (await salience.of(run, [categoryId], signal)).get(categoryId),
  );

  /** Another run or class; without salience edges are those of the photograph alone. */
  async follow(asked: Asked): Promise<void> {
    this.map = null;
    const map = await this.#newest.ask(asked).catch(() => null);
    if (map && map.maximum > 0) this.map = map;
  }

  /** `share`: what an edge follows, 0 = the photograph alone. */
  guide(share: number): Guide | null {
    return this.map && share > 0 ? { map: this.map, share } : null;
  }
}
