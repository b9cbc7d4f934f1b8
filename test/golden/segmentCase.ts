// Golden cases of click-to-mask models: the image prepared, encoded, prompts turned into tokens and
// masks, masks brought to the image's size, each against values recorded in float64.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resizeBilinear } from '../../electron/inference/image/resize.ts';
import { openGraph, type Array32 } from '../../electron/inference/session/ort.ts';
import type { GraphBytes, SegmentFamily, WeightIndex } from '../../models/family.ts';
import { output } from '../../models/ir/builder.ts';
import type { Graph } from '../../models/ir/graph.ts';
import { framePixels, intoFrame, modelFrame } from '../../models/sam/frame.ts';
import { imageLogits, stability } from '../../models/sam/logits.ts';
import {
  imagePositions,
  promptTokens,
  readPromptValues,
  type PromptValues,
  type SegmentPrompt,
} from '../../models/sam/prompts.ts';
import { readNpyAs } from '../helpers/npy.ts';
import { runnable } from '../helpers/runGraph.ts';
import type { Checklist } from './checklist.ts';

/** What meta.json tells; sizes are [height, width]. */
export interface SegmentMeta {
  readonly layout: string;
  readonly original_size: readonly [number, number];
  readonly input_size: readonly [number, number];
  readonly tolerance: {
    readonly absolute: number;
    readonly by_array: Readonly<Record<string, number>>;
  };
}

export interface SegmentCase {
  readonly folder: string;
  readonly meta: SegmentMeta;
  readonly family: SegmentFamily;
  readonly config: unknown;
  readonly weights: WeightIndex;
  readonly list: Checklist;
}

/** Label of a place that holds no token; its row of zeros stays visible to the decoder. */
const ABSENT = -10;
/** The resampler keeps 8 bits, so pixels agree to the rounding of F32. */
const PIXEL_TOLERANCE = 1e-6;
/** A place in the model's frame is recorded in F32. */
const PLACE_TOLERANCE = 3e-5;

/** Largest difference allowed for an array. */
export const tolerance = ({ tolerance: { absolute, by_array } }: SegmentMeta, name: string) =>
  by_array[name] ?? absolute;

/** Everything but the encoder's inside. */
export async function checkSegmentCase(one: SegmentCase): Promise<void> {
  const { folder, meta, family, config, weights, list } = one;
  const pixels = checkPixels(one);
  const facts = family.facts(config, weights);
  const values = await readPromptValues(facts.prompts, folder);
  const cells = [1, facts.width, facts.grid, facts.grid];
  const positions = { data: imagePositions(values.fourier, facts.grid), shape: cells };
  const dense_pe = 'expected/encoder/dense_pe';
  if (existsSync(join(folder, `${dense_pe}.npy`)))
    list.close(dense_pe, positions.data, floats(folder, dense_pe), tolerance(meta, dense_pe));
  const encode = await open(family.encode(config, weights), folder);
  const maskPrompt = await open(family.maskPrompt(config, weights), folder);
  const decode = await open(family.decode(config, weights), folder);
  try {
    const encoded = await encode({ pixel_values: pixels });
    const embeddings = encoded['image_embeddings'] as Array32;
    const recorded = 'expected/encoder/image_embeddings';
    compare(one, recorded, embeddings.data);
    for (const name of readdirSync(join(folder, 'prompts')).sort()) {
      const asked = promptOf(one, name, facts.side, values);
      if (asked.tokens.shape[1] > 0) optional(one, `expected/${name}/sparse`, asked.tokens.data);
      const given = join(folder, 'prompts', name, 'mask.npy');
      let dense: Array32 = { data: values.noMask, shape: [1, facts.width, 1, 1] };
      if (existsSync(given)) {
        dense = (await maskPrompt({ mask: readNpyAs(given, 'f4') }))['dense'] as Array32;
        optional(one, `expected/${name}/dense`, dense.data);
      }
      const feeds = { image_embeddings: embeddings, positions, tokens: asked.tokens, dense };
      checkMasks(one, name, await decode(feeds), facts.side);
    }
    const nothing = 'expected/nothing/masks';
    if (existsSync(join(folder, `${nothing}.npy`))) {
      const tokens = { data: new Float32Array(), shape: [1, 0, facts.width] };
      const dense = { data: values.noMask, shape: [1, facts.width, 1, 1] };
      const made = await decode({ image_embeddings: embeddings, positions, tokens, dense });
      checkMasks(one, 'nothing', made, facts.side);
    }
  } finally {
    await Promise.all([encode, maskPrompt, decode].map((graph) => graph.close()));
  }
}

/** The values at the ends of `scopes`, as further outputs of an encoder's graph. */
export function withInside(graph: Graph, scopes: readonly string[]): Graph {
  for (const scope of scopes) {
    const node = graph.nodes.findLast(({ name }) => name.startsWith(`${scope}/`));
    const value = node?.outputs[0];
    if (!value) throw new Error(`the graph ${graph.name} has no ${scope}`);
    output(graph, `inside ${scope}`, value);
  }
  return graph;
}

/** What `graph` makes of pixels, by output. */
export async function encodeWith(graph: Graph, folder: string, pixels: Array32) {
  const session = await runnable(graph, folder);
  try {
    return await session.run({ pixel_values: pixels });
  } finally {
    await session.dispose();
  }
}

export const floats = (folder: string, name: string): Float32Array =>
  readNpyAs(join(folder, `${name}.npy`), 'f4').data;

/** Holds `ours` against the recorded array `name`. */
export function compare({ list, folder, meta }: SegmentCase, name: string, ours: Array32['data']) {
  list.close(name, ours as Float32Array, floats(folder, name), tolerance(meta, name));
}

function optional(one: SegmentCase, name: string, ours: Array32['data']): void {
  if (existsSync(join(one.folder, `${name}.npy`))) compare(one, name, ours);
}

function checkPixels({ folder, meta, list }: SegmentCase): Array32 {
  const image = readNpyAs(join(folder, 'image.npy'), 'u1');
  const [height, width] = image.shape as readonly [number, number];
  const recorded = readNpyAs(join(folder, 'pixel_values.npy'), 'f4');
  const frame = modelFrame(width, height, recorded.shape[3] as number);
  list.same('size in the frame', [frame.height, frame.width], meta.input_size);
  const resized = resizeBilinear({ width, height, rgb: image.data }, frame.width, frame.height);
  list.same('resized', resized, readNpyAs(join(folder, 'resized.npy'), 'u1').data);
  const pixels = framePixels(resized, frame);
  list.close('pixel_values', pixels, recorded.data, PIXEL_TOLERANCE);
  return { data: pixels, shape: recorded.shape };
}

function promptOf(one: SegmentCase, name: string, side: number, values: PromptValues) {
  const { folder, meta, list } = one;
  const at = (file: string) => join(folder, 'prompts', name, `${file}.npy`);
  const image = { width: meta.original_size[1], height: meta.original_size[0] };
  const frame = modelFrame(image.width, image.height, side);
  const placed = (file: string) => {
    if (!existsSync(at(file))) return null;
    const { data, shape } = readNpyAs(at(file), 'f4');
    const places: { x: number; y: number }[] = [];
    for (let k = 0; k < data.length; k += 2)
      places.push(intoFrame(frame, image, { x: data[k] as number, y: data[k + 1] as number }));
    const recorded = at(`${file}_model`);
    if (existsSync(recorded))
      list.close(
        `${name} ${file}`,
        places.flatMap(({ x, y }) => [x, y]),
        readNpyAs(recorded, 'f4').data,
        PLACE_TOLERANCE,
      );
    return { places, count: shape[0] as number };
  };
  const [points, boxes] = [placed('points'), placed('boxes')];
  const labels = points === null ? [] : Array.from(readNpyAs(at('labels'), 'i8').data, Number);
  const count = points?.count ?? boxes?.count ?? 1;
  const each = labels.length / count;
  const prompts = Array.from({ length: count }, (_, prompt): SegmentPrompt => {
    const [first, second] = boxes?.places.slice(2 * prompt, 2 * prompt + 2) ?? [];
    return {
      points: (points?.places.slice(each * prompt, each * (prompt + 1)) ?? []).map(
        (place, index) => {
          const label = labels[each * prompt + index];
          return { ...place, label: label === 1 || label === 0 ? label : -1 };
        },
      ),
      box: first && second ? { x0: first.x, y0: first.y, x1: second.x, y1: second.y } : null,
    };
  });
  const tokens = promptTokens(values, prompts, side);
  const [, rows, width] = tokens.shape;
  labels.forEach((label, index) => {
    if (label !== ABSENT) return;
    const row = Math.floor(index / each) * rows + (index % each);
    tokens.data.fill(0, row * width, (row + 1) * width);
  });
  return { tokens };
}

// Masks, their scores, and where they are recorded the masks at the size of the image.
function checkMasks(
  one: SegmentCase,
  name: string,
  made: Record<string, Array32>,
  side: number,
): void {
  const { folder, meta, list } = one;
  const masks = made['masks'] as Array32;
  compare(one, `expected/${name}/masks`, masks.data);
  compare(one, `expected/${name}/iou`, made['iou']?.data ?? new Float32Array());
  const [height, width] = meta.original_size;
  const frame = modelFrame(width, height, side);
  const [prompts, count, low] = masks.shape as readonly [number, number, number];
  const full = Array.from({ length: prompts * count }, (_, mask) =>
    imageLogits(
      (masks.data as Float32Array).slice(mask * low * low, (mask + 1) * low * low),
      frame,
      { width, height },
    ),
  );
  const size = width * height;
  const joined = new Float32Array(full.length * size);
  full.forEach((logits, mask) => joined.set(logits, mask * size));
  optional(one, `expected/${name}/full`, joined);
  const near = joined.map((value) => (Math.abs(value) > 10 * meta.tolerance.absolute ? 0 : 1));
  const binary = join(folder, `expected/${name}/binary.npy`);
  if (existsSync(binary))
    list.same(
      `${name} binary`,
      joined.map((value) => (value > 0 ? 1 : 0)),
      readNpyAs(binary, 'u1').data,
      { ignored: near },
    );
  const recorded = join(folder, `expected/${name}/stability.npy`);
  if (existsSync(recorded))
    list.close(
      `${name} stability`,
      full.map(stability),
      readNpyAs(recorded, 'f4').data,
      // A pixel on the line may fall to either side of it.
      Math.max(1e-6, 4 / size),
    );
}

type Runner = ((feeds: Readonly<Record<string, Array32>>) => Promise<Record<string, Array32>>) & {
  close(): Promise<void>;
};

async function open(bytes: GraphBytes, folder: string): Promise<Runner> {
  const session = await openGraph(bytes, folder, 'cpu', { threads: 1 });
  return Object.assign(
    (feeds: Readonly<Record<string, Array32>>) => session.run(feeds, [...bytes.outputs]),
    { close: () => session.dispose() },
  );
}
