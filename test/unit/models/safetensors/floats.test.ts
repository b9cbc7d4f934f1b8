// Half, brain and double floats become the F32 that IEEE 754 says.
import { describe, expect, it } from 'vitest';
import { floatsFromBytes } from '../../../../models/safetensors/floats.ts';

const bytes = (...words: number[]) => new Uint8Array(new Uint16Array(words).buffer);

describe('floatsFromBytes', () => {
  it('reads every kind of half float: normal, subnormal, zero of both signs, infinite, not a number', () => {
    const halves = bytes(
      0x3c00,
      0xc000,
      0x7bff,
      0x0400,
      0x0001,
      0x83ff,
      0x0000,
      0x8000,
      0x7c00,
      0xfc00,
      0x7e01,
    );
    expect([...floatsFromBytes(halves, 'F16')]).toEqual([
      1,
      -2,
      65504,
      2 ** -14,
      2 ** -24,
      -1023 * 2 ** -24,
      0,
      -0,
      Infinity,
      -Infinity,
      NaN,
    ]);
  });

  it('reads brain floats as the upper half of an F32', () => {
    expect([...floatsFromBytes(bytes(0x3f80, 0xbf80, 0x4049, 0x0001, 0x7f80), 'BF16')]).toEqual([
      1,
      -1,
      3.140625,
      2 ** -133,
      Infinity,
    ]);
  });

  it('rounds doubles to F32 and reads at any alignment', () => {
    const stored = new Uint8Array(17);
    new DataView(stored.buffer).setFloat64(1, 0.1, true);
    new DataView(stored.buffer).setFloat64(9, -1e300, true);
    expect([...floatsFromBytes(stored.subarray(1), 'F64')]).toEqual([Math.fround(0.1), -Infinity]);
  });
});
