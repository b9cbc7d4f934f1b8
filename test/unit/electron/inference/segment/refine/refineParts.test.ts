// Edges of a run drawn anew: what a click model is asked, which of its masks is taken, and why none is.
import { describe, expect, test } from 'vitest';
import type { DecodedMasks } from '../../../../../../electron/inference/segment/choices.ts';
import { inDecodes } from '../../../../../../electron/inference/segment/refine/ask.ts';
import { partPrompt } from '../../../../../../electron/inference/segment/refine/prompts.ts';
import {
  refineParts,
  type RefineWork,
} from '../../../../../../electron/inference/segment/refine/refineParts.ts';
import type { RefineScene } from '../../../../../../electron/inference/segment/refine/scene.ts';
import { answer, asking, found, inDiscs, knowing, logits, NOTHING, SIDE } from './scenes.ts';

const work = (ask: RefineWork['ask'], split = false): RefineWork => ({
  ask,
  split,
  onDone: () => undefined,
});

/** What becomes of the only part where every answer is this one. */
async function always(scene: RefineScene, reply: DecodedMasks) {
  const { ask, asked } = asking(() => reply);
  const [edges] = await refineParts(scene, work(ask));
  return { ...edges!, asked };
}

describe('what is asked about a part', () => {
  const { scene } = found([[[24, 24, 12]], [[44, 24, 7]]]);

  test('are clicks inside of it, a box around it, and a click against the other class', () => {
    const { prompt, cells } = partPrompt(scene, 0)!;
    const [first, ...others] = prompt.points.filter(({ adds }) => adds);
    expect(Math.hypot(first!.x - 24, first!.y - 24)).toBeLessThan(1.5);
    // A patch is four cells: further clicks are at least that far away.
    for (const { x, y } of others)
      expect(Math.hypot(x - first!.x, y - first!.y)).toBeGreaterThanOrEqual(4);
    expect(prompt.points.filter(({ adds }) => !adds)).toEqual([{ x: 40.5, y: 23.5, adds: false }]);
    expect(cells.against).toHaveLength(1);
    // 12 + a tenth of 24 + half a patch, to whole cells outwards.
    expect(prompt.box).toEqual([7, 7, 34, 34]);
  });

  test('may start from the salience, which says nothing beside the box', () => {
    const { start } = partPrompt(scene, 0)!;
    expect(start[24 * SIDE + 24]).toBeCloseTo(6.9, 1);
    expect(start[24 * SIDE + 10]).toBeLessThan(0);
    expect(start[60 * SIDE + 60]).toBeCloseTo(-6.9, 5);
  });

  test('is nothing where the class is not to be refined, or the part is small', () => {
    expect(found([[[24, 24, 12]]], { refined: [] }).scene.parts).toEqual([]);
    expect(found([[[24, 24, 4]]]).scene.parts).toEqual([]);
  });
});

describe('a part', () => {
  const { scene } = found([[[30, 30, 12]]]);

  test('takes the mask that salience agrees with', async () => {
    const { pieces, asked } = await always(scene, answer(logits(inDiscs([30, 30, 11]))));
    expect(pieces).toHaveLength(1);
    const { finding } = pieces[0]!;
    expect(finding.agrees).toBeGreaterThan(0.8);
    expect(finding).toMatchObject({ kind: 'refined', steady: 1 });
    expect(finding.edge).toBeCloseTo(finding.agrees * Math.sqrt(finding.fit), 10);
    // Without a start and with one; the clicks alone only where both fail.
    expect(asked.map(({ start }) => start !== null)).toEqual([false, true]);
  });

  test('stays, with the first rule that the best mask breaks', async () => {
    const reasons = async (reply: DecodedMasks) => {
      const { pieces, kept, asked } = await always(scene, reply);
      expect(pieces).toEqual([]);
      expect(asked.at(-1)?.prompt.box).toBeNull();
      return kept;
    };
    const right = logits(inDiscs([30, 30, 11]));
    expect(await reasons(answer(NOTHING))).toMatchObject({ reason: 'disagrees', value: 0 });
    expect(await reasons(answer(logits(inDiscs([30, 30, 7]))))).toMatchObject({
      kind: 'kept',
      reason: 'disagrees',
      limit: 0.45,
      value: expect.closeTo((7 / 12) ** 2, 1),
    });
    expect(await reasons(answer(right, 0.6))).toMatchObject({
      reason: 'unsure',
      limit: 0.7,
      value: expect.closeTo(0.6, 5),
    });
    const weak = right.map((value) => value / 10);
    expect(await reasons(answer(weak))).toMatchObject({ reason: 'unstable', value: 0 });
    // Larger than the class by nearly the same again, most of it where nothing was found.
    expect(await reasons(answer(logits(inDiscs([30, 30, 17.5]))))).toMatchObject({
      reason: 'elsewhere',
      limit: 0.5,
    });
  });

  test('takes no mask on which a click against it lies, or that is of something outside', async () => {
    const two = found([[[20, 30, 10]], [[42, 30, 9]]], { refined: [1] });
    const both = logits(inDiscs([20, 30, 10], [42, 30, 9]));
    expect((await always(two.scene, answer(both))).kept).toMatchObject({ value: 0 });
    const elsewhere = logits(inDiscs([30, 30, 11], [56, 56, 7]));
    expect((await always(scene, answer(elsewhere))).pieces).toEqual([]);
  });

  test('may be found by its clicks alone', async () => {
    const { ask } = asking(({ prompt }) =>
      prompt.box ? answer(NOTHING, 0) : answer(logits(inDiscs([30, 30, 11]))),
    );
    const [edges] = await refineParts(scene, work(ask));
    expect(edges!.pieces).toHaveLength(1);
  });
});

describe('a part of stuff', () => {
  // A patch is four cells.
  const edgesOf = async (scene: RefineScene, mask: Uint8Array, split = false) => {
    const { ask } = asking(() => answer(logits(mask)));
    const [edges] = await refineParts(scene, work(ask, split));
    expect(edges!.pieces).toHaveLength(1);
    const { logits: after } = edges!.pieces[0]!;
    return (x: number, y: number) => after[y * SIDE + x]! > 0;
  };

  test('has its outline moved by a patch at most, and is never split', async () => {
    const { scene } = found([[[30, 30, 14]]], { outlines: [1] });
    const has = await edgesOf(scene, inDiscs([36, 30, 14]), true);
    // To the right: three cells are won, not those beyond a patch.
    expect([46, 47, 48, 49].map((x) => has(x, 30))).toEqual([true, true, false, false]);
    // To the left: what lies deeper than a patch stays.
    expect([17, 18, 19, 20, 21, 22].map((x) => has(x, 30))).toEqual([
      ...[false, false, false, true, true, true],
    ]);
    const free = await edgesOf(found([[[30, 30, 14]]]).scene, inDiscs([36, 30, 14]));
    expect([21, 49].map((x) => free(x, 30))).toEqual([false, true]);
  });

  test('has no outline along the border of the image', async () => {
    const { scene } = found([[[4, 30, 14]]], { outlines: [1] });
    const short = inDiscs([4, 30, 14]).map((value, at) => (at % SIDE < 4 ? 0 : value));
    const has = await edgesOf(scene, short);
    expect([0, 1, 3, 10].map((x) => has(x, 30))).toEqual([true, true, true, true]);
  });
});

test('where the image is narrower than the square its right border is no outline either', async () => {
  const { scene } = found([[[30, 30, 14]]], { outlines: [1] });
  const columns = 38;
  const [stuff] = scene.classes;
  const part = stuff!.part.map((number, cell) => (cell % SIDE < columns ? number : 0));
  const narrow = {
    ...scene,
    frame: { ...scene.frame, columns },
    classes: [{ ...stuff!, part }],
  };
  const short = inDiscs([30, 30, 14]).map((value, at) => (at % SIDE < columns - 4 ? value : 0));
  const [edges] = await refineParts(narrow, work(asking(() => answer(logits(short))).ask, false));
  const cells = edges!.pieces[0]!.logits;
  const has = (x: number) => cells[30 * SIDE + x]! > 0;
  expect([33, 34, columns - 1].map(has)).toEqual([true, true, true]);
});

test('what is done is told before the first part and after each', async () => {
  const { scene } = found([[[16, 30, 9]], [[46, 30, 10]]]);
  const told: number[] = [];
  await refineParts(scene, { ...work(knowing().ask, false), onDone: (parts) => told.push(parts) });
  expect(told).toEqual([0, 1, 2]);
});

describe('things of a part', () => {
  const touching = [
    [20, 30, 11],
    [41, 30, 11],
  ] as const;

  test('that touch are told apart', async () => {
    const { scene } = found([touching], { split: true });
    expect(scene.parts).toHaveLength(1);
    const [edges] = await refineParts(scene, work(knowing(...touching).ask, true));
    expect(edges!.pieces).toHaveLength(2);
  });

  test('are one where every click means the same', async () => {
    const { scene } = found([[[30, 30, 14]]], { split: true });
    const { ask, asked } = knowing([30, 30, 13.8]);
    const [edges] = await refineParts(scene, work(ask, true));
    expect(edges!.pieces).toHaveLength(1);
    // The whole twice, and one click for all that could have been asked.
    expect(asked).toHaveLength(3);
    const smaller = await refineParts(scene, work(knowing([30, 30, 12]).ask, true));
    expect(smaller[0]!.pieces).toHaveLength(1);
  });
});

test('questions of one shape share a decode, eight at most, and answers keep their order', async () => {
  const sizes: number[] = [];
  const ask = inDecodes((prompts, starts) => {
    sizes.push(prompts.length);
    expect(starts === null || starts.length === prompts.length).toBe(true);
    const marks = prompts.map(({ points }) => points[0]!.x);
    return Promise.resolve({ logits: Float32Array.from(marks), iou: Float32Array.from(marks) });
  });
  const questions = Array.from({ length: 20 }, (_, at) => ({
    prompt: {
      points: Array.from({ length: 1 + (at % 2) }, () => ({ x: at, y: 0, adds: true })),
      box: null,
    },
    start: at < 4 ? new Float32Array(1) : null,
  }));
  const answers = await ask(questions);
  expect(answers.map(({ iou }) => iou[0])).toEqual(questions.map((_, at) => at));
  expect(sizes.toSorted((a, b) => a - b)).toEqual([2, 2, 8, 8]);
});
