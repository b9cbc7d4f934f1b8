// labelme mask shapes as labelme and its relatives write them.
import { describe, expect, it } from 'vitest';
import { parseLabelme } from '../../../../../../electron/engine/dataset/formats/labelmeShapes.ts';
import { encodePng } from '../../../../../../electron/engine/dataset/png/encode.ts';
import { Problems } from '../../../../../../electron/engine/dataset/problems.ts';
import { draw } from '../../../../../helpers/masks.ts';

const ring = draw('........', '..###...', '..#.#...', '..###...', '........');
const pixels = Uint8Array.of(1, 1, 1, 1, 0, 1, 1, 1, 1);

async function read(points: number[][], data = pixels, [width, height] = [3, 3]) {
  const png = await encodePng({ kind: 'grey', data }, width!, height!);
  const mask = Buffer.from(png).toString('base64');
  const shapes = [{ label: 'cat', shape_type: 'mask', points, mask }];
  const problems = new Problems();
  const text = JSON.stringify({ shapes, imagePath: 'a.jpg', imageWidth: 8, imageHeight: 5 });
  const file = await parseLabelme(text, 'a.json', null, problems);
  return { masks: file?.objects.map((o) => o.mask), problems: problems.kept.map((p) => p.message) };
}

describe('a labelme mask shape', () => {
  it('lies between its first and its last pixel, whichever corner comes first', async () => {
    const expected = { masks: [ring], problems: [] };
    expect(
      await read([
        [2, 1],
        [4, 3],
      ]),
    ).toEqual(expected);
    expect(
      await read([
        [4, 3],
        [2, 1],
      ]),
    ).toEqual(expected);
  });

  it('may name the pixel after its last one', async () => {
    expect(
      await read([
        [2, 1],
        [5, 4],
      ]),
    ).toEqual({ masks: [ring], problems: [] });
  });

  it('of another size than its corners say is refused', async () => {
    const { masks, problems } = await read([
      [2, 1],
      [7, 4],
    ]);
    expect(masks).toEqual([]);
    expect(problems[0]).toMatch(/PNG of 3 x 3 px; its corners say 6 x 4 px/);
  });

  it('is cut at the image border', async () => {
    const full = new Uint8Array(9).fill(255);
    expect(
      (
        await read(
          [
            [6, 3],
            [8, 5],
          ],
          full,
        )
      ).masks,
    ).toEqual([draw('........', '........', '........', '......##', '......##')]);
  });
});
