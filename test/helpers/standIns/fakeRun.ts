// A finished run from class maps written by hand: one token per class, one pass.
import { resolveParams } from '../../../electron/link/presets.ts';
import type { SalienceRun } from '../../../electron/inference/pipeline/salienceRun.ts';
import type { RgbImage } from '../../../electron/inference/image/rgbImage.ts';

export interface FakeClass {
  readonly id: number;
  readonly name?: string;
  readonly match?: number;
  readonly asked?: boolean;
  /** [rows, columns] row-major. */
  readonly map: readonly number[];
}

export function fakeRun(given: {
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  readonly classes: readonly FakeClass[];
}): SalienceRun {
  const { rows, columns, width, height, classes } = given;
  const patches = rows * columns;
  const tokens = classes.length + 2;
  const map = new Float32Array(tokens * patches);
  classes.forEach((one, index) => map.set(one.map, (index + 1) * patches));
  const asked = classes.map((one) => one.asked ?? true);
  return {
    format: 2,
    engine: 'pnp',
    packHash: 'fake',
    provider: 'none',
    imageWidth: width,
    imageHeight: height,
    inputWidth: columns,
    inputHeight: rows,
    rows,
    columns,
    params: resolveParams('default').explain,
    allLayers: 12,
    allHeads: 12,
    classes: classes.map(({ id, name = `class ${id}`, match = 0.9 }, index) => ({
      id,
      name,
      words: [name],
      match,
      asked: asked[index] ?? true,
    })),
    captions: [
      {
        text: 'written by hand',
        ids: Array.from({ length: tokens }, (_, id) => id),
        pieces: Array.from({ length: tokens }, () => ''),
        spans: classes.flatMap((_, classIndex) =>
          asked[classIndex]
            ? [{ classIndex, wordIndex: 0, start: classIndex + 1, end: classIndex + 2 }]
            : [],
        ),
      },
    ],
    passes: [
      {
        dropped: new Uint32Array(0),
        z: Float32Array.of(1),
        match: Float32Array.of(0.9),
        tokenMaps: [map],
      },
    ],
    warnings: [],
    milliseconds: {},
  };
}

/** A photograph of noise or of one colour. */
export function fakePhoto(width: number, height: number, colour?: number): RgbImage {
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, at) =>
    colour === undefined ? (at * 2654435761) >>> 24 : colour,
  );
  return { width, height, rgb };
}
