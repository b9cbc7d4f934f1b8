// What an image graph is fed with: the pixels, checked, and the position table for their patch grid.
import { LRUCache } from 'lru-cache';
import type { TensorRef } from '../../../models/family.ts';
import { readTensorFloats } from '../../../models/safetensors/reader.ts';
import type { Arrays } from './ort.ts';

/** Tables kept, one per patch grid; a run uses one or two. */
const GRIDS_KEPT = 4;

/** What of a family's facts an image graph depends on. */
interface ImageFacts {
  readonly patch: number;
  readonly imageWidth: number;
  readonly positionTable: TensorRef;
}

export interface ImageInput {
  readonly rows: number;
  readonly columns: number;
  /** pixel_values and position. */
  readonly feeds: Arrays;
}

/**
 * Reads the position table from `folder` and gives a function from normalised CHW pixels
 * [3, height, width] to feeds; it throws RangeError when the sides are no multiples of the patch.
 */
export async function imageInputs<Kind extends string = 'exact'>(
  folder: string,
  facts: ImageFacts,
  position: (
    table: Float32Array,
    rows: number,
    columns: number,
    kind: Kind | undefined,
  ) => Float32Array,
): Promise<(pixels: Float32Array, height: number, width: number, kind?: Kind) => ImageInput> {
  const table = await readTensorFloats(facts.positionTable, folder);
  const made = new LRUCache<string, Float32Array>({ max: GRIDS_KEPT });

  function positionOf(rows: number, columns: number, kind: Kind | undefined): Float32Array {
    const key = `${rows}x${columns} ${kind ?? ''}`;
    const positions = made.get(key) ?? position(table, rows, columns, kind);
    made.set(key, positions);
    return positions;
  }

  return (pixels, height, width, kind) => {
    const { patch, imageWidth } = facts;
    const [rows, columns] = [height / patch, width / patch];
    const whole = (count: number) => Number.isInteger(count) && count > 0;
    if (!whole(rows) || !whole(columns))
      throw new RangeError(`an image of ${height}x${width} is no multiple of the patch ${patch}`);
    if (pixels.length !== 3 * height * width)
      throw new RangeError(`${pixels.length} numbers are no image of 3x${height}x${width}`);
    return {
      rows,
      columns,
      feeds: {
        pixel_values: { data: pixels, shape: [1, 3, height, width] },
        position: {
          data: positionOf(rows, columns, kind),
          shape: [1 + rows * columns, imageWidth],
        },
      },
    };
  };
}
