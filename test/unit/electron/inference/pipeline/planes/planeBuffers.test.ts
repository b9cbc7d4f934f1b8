// Arrays that are lent: the right length, never lent twice, few kept.
import { describe, expect, test } from 'vitest';
import { createPlaneBuffers } from '../../../../../../electron/inference/pipeline/planes/planeBuffers.ts';

describe('plane buffers', () => {
  test('lend the same memory again for lengths near it, in either width', () => {
    const buffers = createPlaneBuffers();
    const first = buffers.borrow32(1000);
    buffers.giveBack(first);
    const second = buffers.borrow64(400);
    expect(second.length).toBe(400);
    expect(second.buffer).toBe(first.buffer);
    // Too small, and more than twice too large.
    buffers.giveBack(second);
    expect(buffers.borrow32(1001).buffer).not.toBe(first.buffer);
    expect(buffers.borrow32(499).buffer).not.toBe(first.buffer);
    expect(buffers.borrow32(500).buffer).toBe(first.buffer);
  });

  test('never lend what is out, however often it is given back', () => {
    const buffers = createPlaneBuffers();
    const lent = buffers.borrow32(10);
    buffers.giveBack(lent);
    buffers.giveBack(lent.subarray(2));
    const again = [buffers.borrow32(10), buffers.borrow32(10)];
    expect(again[0]!.buffer).not.toBe(again[1]!.buffer);
  });

  test('keep the last few, and none of a large image', () => {
    const buffers = createPlaneBuffers();
    const all = [10, 11, 12, 13].map((length) => buffers.borrow32(length));
    all.forEach((array) => buffers.giveBack(array));
    expect(buffers.borrow32(10).buffer).not.toBe(all[0]!.buffer);
    expect(buffers.borrow32(13).buffer).toBe(all[3]!.buffer);
    const large = buffers.borrow32(9 * 2 ** 20);
    buffers.giveBack(large);
    expect(buffers.borrow32(9 * 2 ** 20).buffer).not.toBe(large.buffer);
  });
});
