// STAND-IN, not a network: a "click model" that looks up the true object under the prompt in the sample
// scenes' own labels. With it everything around a click model can be measured as if the model never erred.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RleMask } from '../../../../electron/api/types.ts';
import { crop } from '../../../../electron/masks/runs/crop.ts';
import { area, emptyMask, isInside, type PixelBox } from '../../../../electron/masks/runs/rle.ts';
import { measureMask } from '../../../../electron/masks/runs/measure.ts';
import { rleFromString } from '../../../../electron/masks/runs/rleString.ts';
import { logitsOfMask } from '../../../../electron/inference/segment/logitMask.ts';
import type { OrtSegmentModel } from '../../../../electron/inference/segment/segmentModel.ts';
import type { SessionShelves } from '../../../../electron/inference/shelves.ts';
import { modelFrame } from '../../../../models/sam/frame.ts';
import type { SegmentPrompt } from '../../../../models/sam/prompts.ts';

export const SAMPLES = fileURLToPath(new URL('../../../../models/demo/samples', import.meta.url));
const SIDE = 1024;
const LOW = 256;

interface Scene {
  readonly name: string;
  readonly masks: readonly RleMask[];
}

/** The labels of every sample scene, by the SHA-256 of its file. */
export function trueScenes(): ReadonlyMap<string, Scene> {
  const truth = JSON.parse(readFileSync(join(SAMPLES, 'truth.json'), 'utf8')) as {
    images: { id: number; file_name: string }[];
    annotations: {
      image_id: number;
      segmentation: { size: [number, number]; counts: string };
    }[];
  };
  return new Map(
    truth.images.map(({ id, file_name: name }) => {
      const hash = createHash('sha256')
        .update(readFileSync(join(SAMPLES, name)))
        .digest('hex');
      const masks = truth.annotations
        .filter((one) => one.image_id === id)
        .map(({ segmentation: { size, counts } }) => rleFromString(counts, size[1], size[0]));
      return [hash, { name, masks }];
    }),
  );
}

/** Shelves whose click model is the stand-in; every other model is real. */
export function withTrueObjects(shelves: SessionShelves): SessionShelves {
  const scenes = [...trueScenes()];
  const lease = <T>(value: T) => ({ value, fresh: false, release: () => Promise.resolve() });
  const read = new Set<string>();
  return {
    ...shelves,
    clicks: async () => lease(trueObjects(scenes.map(([, scene]) => scene))),
    // An image is its number among the scenes and the crop that is looked at.
    async embedding(key, make) {
      const [, hash, box] = JSON.parse(key) as [string, string, string];
      if (!read.has(key)) await make();
      read.add(key);
      const at = scenes.findIndex(([known]) => known === hash);
      return lease(Float32Array.from([at, ...(box === '' ? [] : box.split(',').map(Number))]));
    },
  };
}

function trueObjects(scenes: readonly Scene[]): OrtSegmentModel {
  return {
    info: {
      packHash: 'true-objects',
      side: SIDE,
      low: LOW,
      masks: 4,
      preprocessing: {
        mean: [0.485, 0.456, 0.406],
        std: [0.229, 0.224, 0.225],
        resize: 'bilinear',
      },
      provider: 'cpu',
    },
    failures: [],
    encode: () => Promise.resolve(new Float32Array()),
    decode: async ([at = -1, x, y, width, height], prompts) => {
      const masks = scenes[at]?.masks ?? [];
      const whole = masks[0] ?? emptyMask(1, 1);
      const box =
        x === undefined
          ? { x: 0, y: 0, width: whole.width, height: whole.height }
          : { x, y: y!, width: width!, height: height! };
      const made = prompts.map((prompt) => found(masks, prompt, box));
      return {
        logits: joined(made.flatMap((mask) => candidates(mask, box))),
        iou: Float32Array.from(
          made.flatMap((mask) => (area(mask) > 0 ? [0.95, 0.4, 0.94, 0.3] : [0, 0, 0, 0])),
        ),
      };
    },
    endProfiles: () => undefined,
    dispose: () => Promise.resolve(),
  };
}

/** The smallest true object that holds most of the adding clicks, else the one that fits the box best. */
function found(masks: readonly RleMask[], prompt: SegmentPrompt, box: PixelBox): RleMask {
  const frame = modelFrame(box.width, box.height, SIDE);
  const place = (px: number, py: number) => ({
    x: box.x + ((px + 0.5) * box.width) / frame.width,
    y: box.y + ((py + 0.5) * box.height) / frame.height,
  });
  const points = prompt.points.map((point) => ({ ...place(point.x, point.y), label: point.label }));
  const rated = masks.map((mask) => {
    const votes = points.reduce(
      (sum, { x, y, label }) => sum + (isInside(mask, x, y) ? (label === 1 ? 1 : -2) : 0),
      0,
    );
    return { mask, votes, fits: prompt.box ? boxFit(mask, prompt.box, place) : 0 };
  });
  const best = rated.toSorted(
    (a, b) => b.votes - a.votes || b.fits - a.fits || area(a.mask) - area(b.mask),
  )[0];
  const nothing = !best || (points.length > 0 && best.votes <= 0);
  return nothing ? emptyMask(masks[0]?.width ?? 1, masks[0]?.height ?? 1) : best.mask;
}

function boxFit(
  mask: RleMask,
  { x0, y0, x1, y1 }: NonNullable<SegmentPrompt['box']>,
  place: (x: number, y: number) => { x: number; y: number },
): number {
  const [x, y, width, height] = measureMask(mask).box;
  const from = place(x0, y0);
  const to = place(x1, y1);
  const wide = Math.max(0, Math.min(x + width, to.x) - Math.max(x, from.x));
  const tall = Math.max(0, Math.min(y + height, to.y) - Math.max(y, from.y));
  return (wide * tall) / (width * height + (to.x - from.x) * (to.y - from.y) - wide * tall);
}

/** Four masks: the object for clear prompts and as second of the others; nothing sensible else. */
function candidates(mask: RleMask, box: PixelBox): Float32Array[] {
  const part = crop(mask, box);
  const framed = {
    frame: modelFrame(box.width, box.height, SIDE),
    width: box.width,
    height: box.height,
  };
  const right = logitsOfMask(part, framed, LOW);
  const wrong = new Float32Array(LOW * LOW).fill(-1);
  const other = Float32Array.from(wrong);
  other.fill(1, 0, LOW);
  return [right, wrong, right, other];
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.length * LOW * LOW);
  parts.forEach((part, at) => all.set(part, at * LOW * LOW));
  return all;
}
