// Looks of a run's masks as they lie beside the run: per class the boxes and looks of its parts. A
// proposal finds its own by its box, so an edited one has none and is like nothing.
import { measureMask } from '../../masks/runs/measure.ts';
import type { Box, CategoryId } from '../../api/types.ts';
import { LOOK_BYTES } from '../../link/lookLayout.ts';
import type { ClassMask } from '../../link/facts.ts';

const BOX_BYTES = 16;
const PART_BYTES = BOX_BYTES + LOOK_BYTES;

/** Looks per class, ready to be stored. */
export function looksOf(masks: readonly ClassMask[]): Map<CategoryId, Uint8Array> {
  const parts = new Map<CategoryId, Uint8Array[]>();
  for (const { categoryId, mask, look } of masks) {
    const part = new Uint8Array(PART_BYTES);
    const view = new DataView(part.buffer);
    measureMask(mask).box.forEach((value, i) => view.setUint32(4 * i, value, true));
    part.set(look, BOX_BYTES);
    parts.set(categoryId, [...(parts.get(categoryId) ?? []), part]);
  }
  return new Map(
    [...parts].map(([categoryId, list]) => [categoryId, new Uint8Array(Buffer.concat(list))]),
  );
}

/** All parts that are stored. */
export function partsIn(stored: Uint8Array): { readonly box: Box; readonly look: Uint8Array }[] {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  const parts: { box: Box; look: Uint8Array }[] = [];
  for (let at = 0; at + PART_BYTES <= stored.length; at += PART_BYTES)
    parts.push({
      box: [0, 4, 8, 12].map((by) => view.getUint32(at + by, true)) as unknown as Box,
      look: stored.subarray(at + BOX_BYTES, at + PART_BYTES),
    });
  return parts;
}

/** The look of the part with this box, or null. */
export function lookIn(stored: Uint8Array, box: Box): Uint8Array | null {
  const isSame = (part: { readonly box: Box }) => part.box.every((value, i) => value === box[i]);
  return partsIn(stored).find(isSame)?.look ?? null;
}
