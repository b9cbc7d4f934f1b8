// How much of a picture a cut file still holds, by the length that its header promises.
import { describe, expect, it } from 'vitest';
import type { ImageFormat } from '../../../../../electron/inference/image/formats/format.ts';
import { presentShare } from '../../../../../electron/inference/image/presentShare.ts';

/** A file of so many bytes with numbers at places. */
function file(
  length: number,
  numbers: readonly (readonly [at: number, value: number, little: boolean])[],
  first = 0,
) {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  for (const [at, value, little] of numbers) view.setUint32(at, value, little);
  if (first > 0) bytes[0] = first;
  return bytes;
}
const share = (format: ImageFormat, ...given: Parameters<typeof file>) =>
  presentShare(file(...given), format);

describe('the share of a file that is there', () => {
  it('of WebP is told by the length in its head, which counts from behind itself', async () => {
    expect(await share('webp', 50, [[4, 92, true]])).toBe(50);
    expect(await share('webp', 99, [[4, 92, true]])).toBe(99);
    expect(await share('webp', 16, [[4, 1592, true]])).toBe(1);
    // Whole, longer than promised, or next to nothing of it: nothing to say.
    expect(await share('webp', 100, [[4, 92, true]])).toBeNull();
    expect(await share('webp', 120, [[4, 92, true]])).toBeNull();
    expect(await share('webp', 16, [[4, 1593, true]])).toBeNull();
  });

  it('of TIFF is told by the place of its table, in either order of bytes', async () => {
    expect(await share('tiff', 30, [[4, 120, true]], 0x49)).toBe(25);
    expect(await share('tiff', 30, [[4, 120, false]], 0x4d)).toBe(25);
  });

  it('of AVIF is told by its boxes, the last of which may be cut', async () => {
    expect(
      await share('avif', 40, [
        [0, 16, false],
        [16, 84, false],
      ]),
    ).toBe(40);
    // A box that begins with the last eight bytes counts, one of a size that is not known ends it.
    expect(
      await share('avif', 24, [
        [0, 16, false],
        [16, 32, false],
      ]),
    ).toBe(50);
    expect(
      await share('avif', 23, [
        [0, 16, false],
        [16, 32, false],
      ]),
    ).toBeNull();
    expect(
      await share('avif', 40, [
        [0, 16, false],
        [16, 0, false],
      ]),
    ).toBeNull();
    expect(
      await share('avif', 40, [
        [0, 32, false],
        [32, 8, false],
      ]),
    ).toBeNull();
  });

  it('of a file of a few bytes, or of none that is known, is nothing', async () => {
    expect(await share('webp', 15, [[4, 92, true]])).toBeNull();
    expect(await share('png', 64, [])).toBeNull();
  });
});
