// Runs and maps as a model might give them, made of the scene that is drawn: salience where a shape is,
// masks of its outline.
import { createHash } from 'node:crypto';
import type {
  Annotation,
  AnnotationId,
  CategoryId,
  ImageId,
  RunId,
} from '../../../../electron/api/types.ts';
import type { MapRequest, RunSummary, ScoreMap } from '../../../../electron/api/run.ts';
import { maskWhere, type Scene } from '../../fixtures/scenes.ts';
import type { HostState } from './state.ts';
import { measureMask } from '../../../../electron/masks/runs/measure.ts';

/** Patches along a side. */
const GRID = 21;
const MATCHES = [0.97, 0.91, 0.88, 0.79];

export function makeRun(
  imageId: ImageId,
  drawn: Scene,
  classes: readonly { id: CategoryId; name: string }[],
): RunSummary {
  const histogram = Array.from({ length: 40 }, (_, i) =>
    i < 6 ? 52 - i * 4 : Math.round(6 + 9 * Math.abs(Math.sin(i * 1.7)) * (i > 24 ? 1.4 : 1)),
  );
  return {
    runId: `run-${imageId}-${createHash('sha1')
      .update(classes.map((c) => c.name).join())
      .digest('hex')
      .slice(0, 6)}` as RunId,
    imageId,
    engine: 'pnp',
    evidence: ['passes', 'words', 'heads'],
    packId: 'demo',
    packName: 'Built-in model',
    provider: 'cpu',
    gridRows: GRID,
    gridColumns: GRID,
    inputSide: 336,
    layers: [8],
    heads: [10],
    allLayers: 12,
    allHeads: 12,
    passes: [0, 1, 2, 3].map((index) => ({
      index,
      weight: index === 0 ? 2 : 1,
      z: classes.map(() => 3.4 - index * 0.3),
      dropped: classes.map((c) => droppedBefore(drawn, c.name, index)),
    })),
    classes: classes.map(({ id, name }) => {
      const at = drawn.shapes.findIndex((shape) => shape.name === name);
      return {
        categoryId: id,
        match: at < 0 ? 0.03 : MATCHES[at % 4]!,
        absent: at < 0,
        margin: at === 1 ? 0.08 : 0.3,
        patchesKept: keptAt(histogram, 0.15),
        patches: GRID * GRID,
        histogram,
        tokens: [name],
      };
    }),
    params: { preset: 'default', overrides: {} },
    caption: `A picture of ${classes.map((c) => c.name).join(' ')}`,
    milliseconds: { decode: 31, passes: 588, maps: 22, crf: 196, total: 920 },
    stale: false,
  };
}

export function keptAt(histogram: readonly number[], threshold: number): number {
  const all = histogram.reduce((sum, n) => sum + n, 0);
  const kept = histogram.slice(Math.round(threshold * 40)).reduce((sum, n) => sum + n, 0);
  return Math.round((kept / all) * GRID * GRID);
}

export function salience(drawn: Scene, name: string, row: number, column: number): number {
  const shape = drawn.shapes.find((candidate) => candidate.name === name);
  let hit = 0;
  for (let i = 0; i < 9; i += 1) {
    const x = ((column + (i % 3) / 3 + 1 / 6) / GRID) * drawn.width;
    const y = ((row + Math.floor(i / 3) / 3 + 1 / 6) / GRID) * drawn.height;
    if (shape?.inside(x, y)) hit += 1;
  }
  const noise = (Math.sin(row * 12.9 + column * 78.2) * 43758.5) % 1;
  return Math.min(
    1,
    Math.max(0, (hit / 9) * (0.72 + 0.28 * Math.abs(noise)) + 0.06 * Math.abs(noise)),
  );
}

export function droppedBefore(drawn: Scene, name: string, pass: number): number[] {
  const order = Array.from({ length: GRID * GRID }, (_, patch) => patch).sort(
    (a, b) =>
      salience(drawn, name, Math.floor(b / GRID), b % GRID) -
      salience(drawn, name, Math.floor(a / GRID), a % GRID),
  );
  return order.slice(0, pass * 10).sort((a, b) => a - b);
}

export function mapOf(request: MapRequest, drawn: Scene, state: HostState): ScoreMap {
  const name = state.categories.find((c) => c.id === request.categoryId)?.name ?? '';
  const fine = request.kind === 'blurred' || request.kind === 'probability';
  const n = fine ? GRID * 4 : GRID;
  const values = new Uint8Array(n * n);
  const dropped =
    request.kind === 'pass' ? new Set(droppedBefore(drawn, name, request.pass)) : new Set<number>();
  for (let i = 0; i < values.length; i += 1) {
    const row = Math.floor(i / n);
    const column = i % n;
    let value = fine
      ? blurred(drawn, name, row / 4, column / 4)
      : salience(drawn, name, row, column);
    if (dropped.has(i)) value = 0;
    else if (request.kind === 'pass')
      value *= 0.55 + 0.45 * Math.abs(Math.sin(i * 3.1 + request.pass));
    values[i] = Math.round(value * 255);
  }
  return { rows: n, columns: n, values, maximum: 1 };
}

export function blurred(drawn: Scene, name: string, row: number, column: number): number {
  let sum = 0;
  let weight = 0;
  for (let dy = -2; dy <= 2; dy += 1)
    for (let dx = -2; dx <= 2; dx += 1) {
      const y = Math.floor(row) + dy;
      const x = Math.floor(column) + dx;
      if (y < 0 || x < 0 || y >= GRID || x >= GRID) continue;
      const w = Math.exp(-((y + 0.5 - row) ** 2 + (x + 0.5 - column) ** 2) / 1.6);
      sum += w * salience(drawn, name, y, x);
      weight += w;
    }
  return sum / weight;
}

export function proposalsOf(
  state: HostState,
  run: RunSummary,
  drawn: Scene,
  thresholds: { readonly [id: number]: number },
): Annotation[] {
  return run.classes
    .filter((result) => !result.absent)
    .map((result, i) => {
      const name = state.categories.find((c) => c.id === result.categoryId)?.name ?? '';
      const shape = drawn.shapes.find((candidate) => candidate.name === name)!;
      const shrink = ((thresholds[result.categoryId] ?? 0.15) - 0.15) * drawn.width * 0.05;
      const mask = maskWhere(
        drawn.width,
        drawn.height,
        (x, y) => shape.inside(x - shrink, y) && shape.inside(x + shrink, y) && shape.inside(x, y),
      );
      return {
        ...annotation(
          `p-${run.imageId}-${result.categoryId}-${Math.round(shrink * 100)}`,
          result.categoryId,
          mask,
          i + 1,
        ),
        match: result.match,
        margin: result.margin,
        doubtful: result.margin < 0.1,
        runId: run.runId,
      };
    });
}

export function annotation(
  id: string,
  categoryId: CategoryId,
  mask: Annotation['mask'],
  z: number,
): Annotation {
  let area = 0;
  for (let i = 1; i < mask.counts.length; i += 2) area += mask.counts[i]!;
  return {
    id: id as AnnotationId,
    categoryId,
    status: 'proposal',
    origin: 'model',
    mask,
    box: measureMask(mask).box,
    area,
    z,
    locked: false,
    isCrowd: false,
    edited: false,
    match: 0.9,
    margin: 0.3,
    crfChange: 0.1,
    doubtful: false,
    runId: null,
    extra: null,
  };
}
