// Arguments of pickle instructions, up to the last byte of the program and no further.
import { describe, expect, it } from 'vitest';
import { PickleBytes } from '../../../../models/torch/pickleBytes.ts';

const over = (...bytes: readonly number[]) => new PickleBytes(Uint8Array.from(bytes), 'a.pkl');
const text = (value: string) => new PickleBytes(new TextEncoder().encode(value), 'a.pkl');

describe('numbers', () => {
  it('are read in their order of bytes', () => {
    expect(over(200).byte()).toBe(200);
    expect(over(1, 2).uint16()).toBe(513);
    expect(over(255, 255, 255, 255).int32()).toBe(-1);
    expect(over(255, 255, 255, 255).uint32()).toBe(2 ** 32 - 1);
    expect(over(0x3f, 0xf8, 0, 0, 0, 0, 0, 0).float64BigEndian()).toBe(1.5);
  });

  it('of lengths are no longer than the program', () => {
    const length = (value: number) => over(value, 0, 0, 0, 0, 0, 0, 0).uint64();
    expect(length(8)).toBe(8);
    expect(() => length(9)).toThrow(/a length inside the program/);
  });

  it('of any length have a sign, and are exact', () => {
    const long = (limit: number, ...bytes: readonly number[]) =>
      over(...bytes).long(bytes.length, limit);
    expect([long(9), long(9, 5), long(9, 255), long(9, 0, 1), long(9, 0, 128)]).toEqual([
      ...[0, 5, -1, 256, -32_768],
    ]);
    expect(long(9, 0, 0, 0, 0, 0, 0, 0, 64)).toBe(2n ** 62n);
    expect(long(2, 1, 1)).toBe(257);
    expect(() => long(1, 1, 1)).toThrow(/at most 1 bytes/);
  });
});

describe('texts', () => {
  it('end with their length, or with the line', () => {
    const bytes = text('abc\ndef\n');
    expect([bytes.text(1), bytes.line(), bytes.line()]).toEqual(['a', 'bc', 'def']);
    expect(() => bytes.line()).toThrow(/a name that ends/);
  });

  it('of a line have a thousand letters at most', () => {
    expect(text(`${'x'.repeat(1000)}\n`).line()).toHaveLength(1000);
    expect(() => text(`${'x'.repeat(1001)}\n`).line()).toThrow(/a name that ends/);
    expect(text('\n').line()).toBe('');
  });
});

it('nothing is read behind the end, which is told with its place', () => {
  const bytes = over(1, 2, 3);
  expect([...bytes.bytes(2)]).toEqual([1, 2]);
  expect([...bytes.bytes(1)]).toEqual([3]);
  expect([...bytes.bytes(0)]).toEqual([]);
  expect(() => bytes.byte()).toThrow(/1 bytes at byte 3 of the pickle/);
  expect(() => over(1).skipFrameLength()).toThrow(/8 bytes at byte 0/);
});
