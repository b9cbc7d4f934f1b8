// The best, median and worst images of a run for its report: scaled copies, truth and findings as tints.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageId } from '../../../api/types.ts';
import type { EngineContext } from '../../context.ts';
import { encodePng } from '../../dataset/png/encode.ts';
import { VOID, type LabelMapOf } from '../../evaluate/imageScore.ts';
import type { Protocol } from '../../evaluate/scores.ts';
import { classColor } from '../../project/classes/classColors.ts';
import { imageIou } from '../figures.ts';
import { predictedLabels, type BenchmarkPlan, type Measured } from '../run.ts';
import { readTruth } from '../truth.ts';
import type { ShownImage } from './html.ts';

/** Images of each kind. */
const OF_EACH = 3;
const SIDE = 320;

/** In the order of the report; fewer where there are few. */
export async function reportPictures(
  context: EngineContext,
  plan: BenchmarkPlan,
  measured: Measured,
  protocol: Protocol,
): Promise<ShownImage[]> {
  const project = context.open.get();
  const { set } = plan;
  const itemOf = new Map(measured.truths.map(({ item }) => [item.name, item]));
  const shown: ShownImage[] = [];
  for (const { rank, name, iou } of chosen(measured, plan, protocol)) {
    const truth = await readTruth(set, itemOf.get(name)!);
    const id = measured.idOf.get(name)!;
    const found = { ...truth, labels: predictedLabels(project, measured.asked, id, truth) };
    shown.push({
      rank,
      name,
      iou,
      width: truth.width,
      height: truth.height,
      picture: await scaled(context, join(set.images, ...name.split('/')), id),
      truth: await tint(truth),
      found: await tint(found),
    });
  }
  return shown;
}

function chosen(
  { images }: Measured,
  { set }: BenchmarkPlan,
  protocol: Protocol,
): Pick<ShownImage, 'rank' | 'name' | 'iou'>[] {
  const ranked = images
    .flatMap((image) => {
      const iou = imageIou(image, set.facts, protocol);
      return iou === null ? [] : [{ name: image.name, iou }];
    })
    .sort((a, b) => b.iou - a.iou || (a.name < b.name ? -1 : 1));
  const each = Math.min(OF_EACH, Math.floor(ranked.length / 3) || 1);
  const middle = Math.max(0, Math.floor((ranked.length - each) / 2));
  const parts = [
    ['Best', ranked.slice(0, each)],
    ['Median', ranked.length < 3 ? [] : ranked.slice(middle, middle + each)],
    ['Worst', ranked.length < 2 ? [] : ranked.slice(-each)],
  ] as const;
  return parts.flatMap(([rank, list]) => list.map((one) => ({ rank, ...one })));
}

/** A copy for the page as a data address; it lies in the cache only while it is read. */
async function scaled(context: EngineContext, path: string, id: ImageId): Promise<string> {
  const target = context.cache.pathOf(`benchmark-${context.newId()}-${id}`, '.webp');
  try {
    await context.link.request('image.scaled', { path, target, maxSide: SIDE });
    return `data:image/webp;base64,${(await readFile(target)).toString('base64')}`;
  } finally {
    await rm(target, { force: true });
  }
}

/** Classes in their colours, void in grey, background see-through; every n-th pixel. */
async function tint({ labels, width, height }: LabelMapOf): Promise<string> {
  const step = Math.max(1, Math.ceil(Math.max(width, height) / SIDE));
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const data = new Uint8Array(columns * rows);
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const label = labels[y * step * width + x * step]!;
      data[y * columns + x] = label === VOID ? 255 : label;
    }
  const palette = new Uint8Array(256 * 3).fill(128);
  for (let label = 1; label < 255; label++) {
    const color = Number.parseInt(classColor(label - 1).slice(1), 16);
    palette.set([color >> 16, (color >> 8) & 255, color & 255], label * 3);
  }
  const opacity = Uint8Array.of(0);
  const png = await encodePng({ kind: 'palette', palette, opacity, data }, columns, rows);
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}
