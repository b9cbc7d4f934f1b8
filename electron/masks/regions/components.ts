// Connected components and holes, found on column spans with union-find; no bitmap is made.
import type { RleMask } from '../../api/types.ts';
import { complement, union } from '../runs/combine.ts';
import { area, isInside, RunWriter } from '../runs/rle.ts';
import { maskFromSpans, spansOf } from '../runs/spans.ts';
import type { ColumnSpans } from '../runs/spans.ts';

/** 4: pixels touch by edges only. 8: by corners too. */
export type Connectivity = 4 | 8;

/** Component number (0-based, in order of each component's first span) of every span. */
function labelSpans(
  spans: ColumnSpans,
  connectivity: Connectivity,
): { labels: Int32Array; count: number } {
  const { first, top, bottom, width } = spans;
  const parent = new Int32Array(top.length).map((_, i) => i);
  const root = (span: number): number => {
    while (parent[span] !== span) span = parent[span] = parent[parent[span]!]!;
    return span;
  };
  const reach = connectivity === 8 ? 1 : 0;
  for (let x = 1; x < width; x++) {
    let left = first[x - 1]!;
    const leftEnd = first[x]!;
    for (let here = first[x]!; here < first[x + 1]!; here++) {
      while (left < leftEnd && bottom[left]! + reach <= top[here]!) left++;
      for (let other = left; other < leftEnd && top[other]! < bottom[here]! + reach; other++) {
        const [a, b] = [root(here), root(other)];
        if (a < b) parent[b] = a;
        else parent[a] = b;
      }
    }
  }
  const labels = new Int32Array(top.length);
  let count = 0;
  for (let s = 0; s < labels.length; s++) labels[s] = root(s) === s ? count++ : labels[root(s)]!;
  return { labels, count };
}

/** One mask per connected component, in order of their first pixel down the columns. */
export function components(mask: RleMask, connectivity: Connectivity = 8): RleMask[] {
  const spans = spansOf(mask);
  const { labels, count } = labelSpans(spans, connectivity);
  const writers = Array.from({ length: count }, () => new RunWriter());
  for (let s = 0; s < labels.length; s++) {
    const base = spans.column[s]! * spans.height;
    writers[labels[s]!]!.add(base + spans.top[s]!, base + spans.bottom[s]!);
  }
  return writers.map((runs) => runs.mask(mask.width, mask.height));
}

/**
 * The mask of all holes: background that cannot reach the image border. `connectivity` is that of
 * the foreground; the background is then connected the other way.
 */
export function holes(mask: RleMask, connectivity: Connectivity = 8): RleMask {
  const spans = spansOf(complement(mask));
  const { labels, count } = labelSpans(spans, connectivity === 8 ? 4 : 8);
  const open = new Uint8Array(count);
  for (let s = 0; s < labels.length; s++) {
    const x = spans.column[s]!;
    if (x === 0 || x === mask.width - 1 || spans.top[s] === 0 || spans.bottom[s] === mask.height)
      open[labels[s]!] = 1;
  }
  return maskFromSpans(spans, (s) => open[labels[s]!] === 0);
}

/** Fills holes of at most `maxAreaPx` pixels (all of them by default). */
export function fillHoles(
  mask: RleMask,
  maxAreaPx = Infinity,
  connectivity: Connectivity = 8,
): RleMask {
  const found = holes(mask, connectivity);
  if (maxAreaPx === Infinity) return union(mask, found);
  return union(
    mask,
    keepComponents(found, (size) => size <= maxAreaPx, connectivity === 8 ? 4 : 8),
  );
}

/** Drops 8-connected components of fewer than `minAreaPx` pixels. */
export function dropSmall(mask: RleMask, minAreaPx: number): RleMask {
  return keepComponents(mask, (size) => size >= minAreaPx, 8);
}

/** 4-connected components, the largest first. */
export function partsOf(mask: RleMask): RleMask[] {
  return components(mask, 4)
    .map((part) => ({ part, size: area(part) }))
    .sort((a, b) => b.size - a.size)
    .map(({ part }) => part);
}

/** Fills the hole that holds pixel (x, y); the mask itself where there is none. */
export function fillHoleAt(mask: RleMask, { x, y }: { x: number; y: number }): RleMask {
  const hole = components(holes(mask), 4).find((one) => isInside(one, x, y));
  return hole ? union(mask, hole) : mask;
}

function keepComponents(
  mask: RleMask,
  keep: (areaPx: number) => boolean,
  connectivity: Connectivity,
): RleMask {
  const spans = spansOf(mask);
  const { labels, count } = labelSpans(spans, connectivity);
  const sizes = new Float64Array(count);
  for (let s = 0; s < labels.length; s++) sizes[labels[s]!]! += spans.bottom[s]! - spans.top[s]!;
  return maskFromSpans(spans, (s) => keep(sizes[labels[s]!]!));
}
