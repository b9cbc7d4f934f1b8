// Facts of a TIFF in both byte orders and both kinds of directory, and directories that lead nowhere.
import { describe, expect, it } from 'vitest';
import {
  asUnsigned,
  tiffFacts,
} from '../../../../../../electron/inference/image/formats/tiffTags.ts';

const NODATA = 42113;
const FORMAT = 339;

interface Kind {
  readonly little: boolean;
  readonly big: boolean;
}
/** A tag with its values: text, or numbers of 16 bits. */
type Tag = readonly [tag: number, values: string | readonly number[]];

/** A file of one directory that stands at its end; what does not fit into an entry stands before it. */
function fileOf({ little, big }: Kind, tags: readonly Tag[]): Uint8Array {
  const file = new Uint8Array(400);
  const view = new DataView(file.buffer);
  file.set(little ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, big ? 43 : 42, little);
  const start = 200;
  if (big) view.setBigUint64(8, BigInt(start), little);
  else view.setUint32(4, start, little);
  if (big) view.setBigUint64(start, BigInt(tags.length), little);
  else view.setUint16(start, tags.length, little);
  let free = 40;
  tags.forEach(([tag, values], i) => {
    const at = start + (big ? 8 + 20 * i : 2 + 12 * i);
    const isText = typeof values === 'string';
    view.setUint16(at, tag, little);
    view.setUint16(at + 2, isText ? 2 : 3, little);
    if (big) view.setBigUint64(at + 4, BigInt(values.length), little);
    else view.setUint32(at + 4, values.length, little);
    const size = values.length * (isText ? 1 : 2);
    let place = at + (big ? 12 : 8);
    if (size > (big ? 8 : 4)) {
      if (big) view.setBigUint64(place, BigInt(free), little);
      else view.setUint32(place, free, little);
      place = free;
      free += size;
    }
    if (isText) file.set(Buffer.from(values, 'latin1'), place);
    else values.forEach((value, n) => view.setUint16(place + 2 * n, value, little));
  });
  return file;
}

describe.each([
  { little: true, big: false },
  { little: false, big: false },
  { little: true, big: true },
  { little: false, big: true },
])('a TIFF with %j', (kind) => {
  it('names its "no data" value, inside its entry or elsewhere', () => {
    for (const words of ['-1', '0', '255', '-9999.5', '-32768   '])
      expect(
        tiffFacts(
          fileOf(kind, [
            [256, [4]],
            [NODATA, words],
          ]),
        ).noData,
      ).toBe(Number.parseFloat(words));
  });

  it('tells where it says that samples are signed, of one channel or of many', () => {
    for (const formats of [[2], [2, 2], [1, 2, 2], [2, 1, 2, 2, 1]]) {
      const file = fileOf(kind, [
        [258, [16, 16, 16, 16, 16, 16]],
        [FORMAT, formats],
      ]);
      const facts = tiffFacts(file);
      expect(facts.isLittleEndian).toBe(kind.little);
      expect(facts.signedAt).toHaveLength(formats.filter((one) => one === 2).length);
      const changed = asUnsigned(file, facts);
      expect(tiffFacts(changed).signedAt).toEqual([]);
      // Nothing else is touched, and the file that was given is not changed.
      expect(tiffFacts(file)).toEqual(facts);
      const places = facts.signedAt.flatMap((at) => [at, at + 1]);
      expect(changed.filter((byte, at) => byte !== file[at] && !places.includes(at))).toHaveLength(
        0,
      );
    }
  });

  it('has neither where no tag says so', () => {
    expect(tiffFacts(fileOf(kind, [[256, [9]]]))).toMatchObject({ noData: null, signedAt: [] });
    expect(tiffFacts(fileOf(kind, [[NODATA, 'none']])).noData).toBeNull();
    expect(tiffFacts(fileOf(kind, [[NODATA, [7]]])).noData).toBeNull();
    expect(tiffFacts(fileOf(kind, [[FORMAT, '2']])).signedAt).toEqual([]);
  });

  it('keeps what was read when the directory leads out of the file', () => {
    const file = fileOf(kind, [
      [NODATA, '5'],
      [256, [1]],
    ]);
    const view = new DataView(file.buffer);
    if (kind.big) view.setBigUint64(200, 4000n, kind.little);
    else view.setUint16(200, 4000, kind.little);
    expect(tiffFacts(file).noData).toBe(5);
    expect(tiffFacts(file.subarray(0, 3))).toMatchObject({ noData: null, signedAt: [] });
  });
});
