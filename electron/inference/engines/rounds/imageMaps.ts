// Maps of one image for any set of queries: the image is read once, each query costs a gradient through
// the last block.
import type { PatchModel, Trunk } from '../../model.ts';
import type { RoundMap } from './loop.ts';
import { refineMap } from './refine.ts';
import { sharesOf } from './shares.ts';

export interface ImageMaps {
  readonly rows: number;
  readonly columns: number;
  /** The map of `texts[query]` among all `texts`, and against `background`. */
  mapOf(query: number, texts: readonly Float32Array[]): Promise<RoundMap>;
}

/** `threshold`: share of a map's highest level that its boxes are drawn around. */
export function imageMaps(
  model: Pick<PatchModel, 'share' | 'info'>,
  trunk: Trunk,
  background: readonly Float32Array[],
  threshold: number,
): ImageMaps {
  const { rows, columns, spread, features } = trunk;
  const rawOf = async (query: number, texts: readonly Float32Array[], queries: number) => {
    const shares = sharesOf(features, texts, queries, model.info.scale);
    const { share, start } = shares[query] as (typeof shares)[number];
    const raw = start ? await model.share(trunk, start) : new Float32Array(rows * columns);
    return { share, raw };
  };
  return {
    rows,
    columns,
    async mapOf(query, texts) {
      let found = await rawOf(query, [...texts, ...background], texts.length);
      // What the background words take wholly is asked again without them.
      if (!found.raw.some((value) => value > 0))
        found = { ...(await rawOf(query, texts, texts.length)), share: found.share };
      const { cam, map } = refineMap(found.raw, spread, { rows, columns }, threshold);
      return { share: found.share, cam, map };
    },
  };
}
