// The changes of a logged transaction as bytes: u32 length, JSON with masks taken out, then the masks.
// A mask that before and after share is stored once.
import { AppError } from '../../../api/errors.ts';
import { sameMask } from '../../../api/rules/document.ts';
import type { Annotation, AnnotationChange, RleMask } from '../../../api/types.ts';
import { decodeMask, encodeMask } from '../maskBlob.ts';

interface StoredMask {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

interface Stored {
  readonly masks: readonly StoredMask[];
  readonly changes: readonly { id: string; before: unknown; after: unknown }[];
}

/** Changes -> bytes. */
export function encodeChanges(changes: readonly AnnotationChange[]): Uint8Array {
  const masks: StoredMask[] = [];
  const bodies: Uint8Array[] = [];
  const put = (mask: RleMask): number => {
    const body = encodeMask(mask);
    masks.push({ width: mask.width, height: mask.height, bytes: body.length });
    bodies.push(body);
    return masks.length - 1;
  };
  const stored = changes.map(({ id, before, after }) => {
    const beforeMask = before ? put(before.mask) : -1;
    const shared = before && after && sameMask(before.mask, after.mask);
    const afterMask = shared ? beforeMask : after ? put(after.mask) : -1;
    return {
      id,
      before: before && { ...before, mask: beforeMask },
      after: after && { ...after, mask: afterMask },
    };
  });
  const head = new TextEncoder().encode(JSON.stringify({ masks, changes: stored }));
  const bytes = new Uint8Array(4 + head.length + bodies.reduce((n, body) => n + body.length, 0));
  new DataView(bytes.buffer).setUint32(0, head.length, true);
  bytes.set(head, 4);
  let at = 4 + head.length;
  for (const body of bodies) {
    bytes.set(body, at);
    at += body.length;
  }
  return bytes;
}

/** Bytes -> changes. Throws PROJECT_DAMAGED. */
export function decodeChanges(bytes: Uint8Array): AnnotationChange[] {
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(
      0,
      true,
    );
    const head = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, 4 + length));
    const { masks, changes } = JSON.parse(head) as Stored;
    let at = 4 + length;
    const decoded = masks.map((mask) => {
      const body = bytes.subarray(at, at + mask.bytes);
      at += mask.bytes;
      return decodeMask(body, mask.width, mask.height);
    });
    const restore = (stored: unknown): Annotation | null => {
      if (stored === null) return null;
      const record = stored as Omit<Annotation, 'mask'> & { mask: number };
      const mask = decoded[record.mask];
      if (!mask) throw new Error(`mask ${record.mask} is missing`);
      // Entries of older versions know nothing of the CRF.
      return { ...record, crfChange: record.crfChange ?? null, mask };
    };
    return changes.map(({ id, before, after }) => ({
      id: id as AnnotationChange['id'],
      before: restore(before),
      after: restore(after),
    }));
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('PROJECT_DAMAGED', 'An entry of the undo log is damaged.', {
      cause: error,
    });
  }
}
