// Stored numbers to F32. Little endian, as both weight formats store them.
import type { TensorRef } from '../family.ts';

/** Dtypes that become F32 without losing more than F32's own rounding. */
export const FLOAT_DTYPES: readonly TensorRef['dtype'][] = ['F32', 'F16', 'BF16', 'F64'];

/** F32 values of `bytes`, which hold whole elements of a float dtype. */
export function floatsFromBytes(bytes: Uint8Array, dtype: TensorRef['dtype']): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (dtype) {
    case 'F32':
      return fill(bytes.byteLength / 4, (i) => view.getFloat32(4 * i, true));
    case 'F64':
      return fill(bytes.byteLength / 8, (i) => view.getFloat64(8 * i, true));
    case 'F16':
      return fill(bytes.byteLength / 2, (i) => fromHalf(view.getUint16(2 * i, true)));
    case 'BF16':
      return fromBrainFloats(view);
    default:
      throw new RangeError(`${dtype} holds no floats`);
  }
}

/** The value of an IEEE 754 binary16 bit pattern. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

// A bfloat16 is the upper half of a binary32.
function fromBrainFloats(view: DataView): Float32Array {
  const bits = new Uint32Array(view.byteLength / 2);
  for (let i = 0; i < bits.length; i += 1) bits[i] = view.getUint16(2 * i, true) << 16;
  return new Float32Array(bits.buffer);
}

function fill(length: number, at: (index: number) => number): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i += 1) values[i] = at(i);
  return values;
}
