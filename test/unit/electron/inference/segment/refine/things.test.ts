// The things of a part, told apart by a click model: which clicks mean one, and what is left over.
import { describe, expect, test } from 'vitest';
import type { DecodedMasks } from '../../../../../../electron/inference/segment/choices.ts';
import type { Question } from '../../../../../../electron/inference/segment/refine/ask.ts';
import { seedsOf } from '../../../../../../electron/inference/segment/refine/prompts.ts';
import {
  findingOf,
  shareInside,
} from '../../../../../../electron/inference/segment/refine/rate.ts';
import { thingsOf } from '../../../../../../electron/inference/segment/refine/things.ts';
import { asking, found, inDiscs, knowing, logits, SIDE, type Disc } from './scenes.ts';

const left: Disc = [14, 30, 9];
const middle: Disc = [31, 30, 9];
const right: Disc = [48, 30, 9];
const row = [left, middle, right] as const;

const share = (one: { logits: ArrayLike<number> }, ...discs: readonly Disc[]) =>
  Math.min(shareInside(one.logits, inDiscs(...discs)), shareInside(inDiscs(...discs), one.logits));
const isAlone = ({ prompt: { points } }: Question) => points.length === 1;

/** Masks of one answer with the model's estimate of each. */
const masks = (...all: readonly (readonly [fit: number, ...discs: Disc[]])[]): DecodedMasks => ({
  iou: Float32Array.from(all, ([fit]) => fit),
  logits: Float32Array.from(all.flatMap(([, ...discs]) => [...logits(inDiscs(...discs))])),
});

describe('the things of a part', () => {
  const { scene } = found([row], { split: true });

  test('are what the clicks mean, each once, however many clicks mean it', async () => {
    expect(scene.parts).toHaveLength(1);
    expect(seedsOf(scene, 0).length).toBeGreaterThan(3);
    const { ask, asked } = knowing(...row);
    const things = await thingsOf(scene, 0, ask);
    expect(things).toHaveLength(3);
    for (const disc of row) expect(Math.max(...things.map((one) => share(one, disc)))).toBe(1);
    // Every seed belongs to one of them.
    expect(things.flatMap(({ seeds }) => seeds).toSorted()).toEqual(seedsOf(scene, 0).toSorted());
    // In the second question the clicks on the others are kept out, five at most.
    const grouped = asked.filter((question) => !isAlone(question)).map(({ prompt }) => prompt);
    expect(grouped).toHaveLength(3);
    for (const { points, box } of grouped) {
      expect(box).toBeNull();
      expect(points.filter(({ adds }) => !adds).length).toBeLessThanOrEqual(5);
      expect(points.filter(({ adds }) => !adds).length).toBeGreaterThan(0);
    }
    things.forEach(({ finding }) => expect(finding.asked?.points[0]?.adds).toBe(true));
  });

  test('are none where the surest click means nearly the whole part', async () => {
    const { ask, asked } = asking(() => masks([0, ...row], [0.9, ...row]));
    expect(await thingsOf(scene, 0, ask)).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  test('are none where there is one place to click, or none', async () => {
    const { ask, asked } = knowing(left);
    expect(await thingsOf(found([[[20, 20, 5]]]).scene, 0, ask)).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('are of the class for seven tenths at least', async () => {
    const reply = (of: (disc: Disc) => Disc) =>
      asking(({ prompt: { points } }) => {
        const near = row.toSorted(
          (a, b) => Math.abs(a[0] - points[0]!.x) - Math.abs(b[0] - points[0]!.x),
        )[0]!;
        return masks([0.9, of(near)], [0.9, of(near)]);
      }).ask;
    expect(
      await thingsOf(
        scene,
        0,
        reply((disc) => disc),
      ),
    ).toHaveLength(3);
    // Discs half above the part: about half of each is of the class.
    expect(
      await thingsOf(
        scene,
        0,
        reply(([x, y, r]) => [x, y - 9, r]),
      ),
    ).toEqual([]);
  });

  test('a mask of which seven tenths are of the class is enough', async () => {
    const things = (own: number) => {
      const { ask } = asking(({ prompt: { points } }) => {
        const at = Math.floor(points[0]!.y) * SIDE + Math.floor(points[0]!.x);
        // Its own cells lie about the click, the others of twenty far away from every part.
        const bits = new Uint8Array(SIDE * SIDE);
        for (let cell = 0; cell < own; cell++)
          bits[at + (cell % 4) - 1 + SIDE * (Math.floor(cell / 4) - 1)] = 1;
        bits.fill(1, 60 * SIDE, 60 * SIDE + 20 - own);
        return {
          iou: Float32Array.of(0.9, 0.9),
          logits: Float32Array.from([...logits(bits), ...logits(bits)]),
        };
      });
      return thingsOf(scene, 0, ask);
    };
    expect((await things(14)).length).toBeGreaterThan(1);
    expect(await things(13)).toEqual([]);
  });

  test('a click alone may mean any mask but the first, clicks together mean the first as well', async () => {
    const near = ({ prompt: { points } }: Question) =>
      row.toSorted((a, b) => Math.abs(a[0] - points[0]!.x) - Math.abs(b[0] - points[0]!.x))[0]!;
    const small = ([x, y]: Disc): Disc => [x, y, 8];
    const { ask } = asking((question) =>
      masks([0.99, small(near(question))], [0.8, near(question)]),
    );
    const things = await thingsOf(scene, 0, ask);
    expect(things).toHaveLength(3);
    for (const disc of row)
      expect(Math.max(...things.map((one) => share(one, small(disc))))).toBe(1);
    const { ask: single } = asking((question) =>
      isAlone(question)
        ? masks([0.99, small(near(question))], [0.8, near(question)])
        : masks([0, [60, 60, 2]]),
    );
    for (const disc of row)
      expect(Math.max(...(await thingsOf(scene, 0, single)).map((one) => share(one, disc)))).toBe(
        1,
      );
  });

  test('what no thing covers is asked about again', async () => {
    // Only then the model knows the right one.
    const first = seedsOf(scene, 0).length;
    const { ask, asked } = asking(({ prompt: { points } }) => {
      const { x } = points[0]!;
      const isFirst = asked.length <= first;
      const disc = row.find(([at, , r]) => Math.abs(x - at) <= r)!;
      if (disc === right && isFirst) return masks([0, right], [0.1, [60, 60, 2]]);
      return masks([0.9, disc ?? left], [0.9, disc ?? left]);
    });
    const things = await thingsOf(scene, 0, ask);
    expect(Math.max(...things.map((one) => share(one, right)))).toBe(1);
    expect(things).toHaveLength(3);
  });

  test('asking ends although the model never finds what is left', async () => {
    const { ask, asked } = asking(() => masks([0, left], [0.9, left]));
    const things = await thingsOf(scene, 0, ask);
    expect(things).toHaveLength(1);
    expect(asked.length).toBeLessThanOrEqual(64);
    expect(asked.length).toBeGreaterThan(seedsOf(scene, 0).length);
  });
});

describe('how good a mask is', () => {
  const steep = logits(inDiscs(left));

  test('is what salience says, what the model estimates within 0 to 1, and how steep its edge is', () => {
    expect(findingOf(steep, 0.81, 0.5)).toEqual({
      kind: 'refined',
      agrees: 0.5,
      fit: 0.81,
      steady: 1,
      edge: expect.closeTo(0.45, 10),
    });
    expect(findingOf(steep, 1.3, 1)).toMatchObject({ fit: 1, edge: 1 });
    expect(findingOf(steep, -0.3, 1)).toMatchObject({ fit: 0, edge: 0 });
    const blurred = steep.map((value) => value / 20);
    expect(findingOf(blurred, 1, 0.8)).toMatchObject({ steady: 0, edge: 0.4 });
  });

  test('a share counts what is above 0 in both', () => {
    expect(shareInside([1, 2, 0, -1], [1, 0, 5, 5])).toBe(0.5);
    expect(shareInside([1, 2, 3, 4], [1, -1, 0, 5])).toBe(0.5);
    expect(shareInside([0, -1], [1, 1])).toBe(0);
  });
});
