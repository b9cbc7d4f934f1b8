// Questions of one shape in as few decodes as fit, and each answer with its own question.
import { expect, test } from 'vitest';
import type { ClickPrompt } from '../../../../../../electron/api/clicks/clicks.ts';
import {
  inDecodes,
  type Question,
} from '../../../../../../electron/inference/segment/refine/ask.ts';

/** A question that tells itself by the place of its first point; `cells` of the start hold it too. */
function question(x: number, points: number, hasBox = false, hasStart = false): Question {
  const prompt: ClickPrompt = {
    points: Array.from({ length: points }, () => ({ x, y: 0, adds: true })),
    box: hasBox ? [x, 0, 1, 1] : null,
  };
  return { prompt, start: hasStart ? new Float32Array(2).fill(x) : null };
}

test('questions of equally many points, with a box or not, with a start or not, are asked together', async () => {
  const decodes: { prompts: number[]; starts: number[] | null }[] = [];
  const ask = inDecodes((prompts, starts) => {
    const places = prompts.map(({ points, box }) => points[0]?.x ?? box![0]);
    decodes.push({ prompts: places, starts: starts && [...starts] });
    // Two masks of three cells each.
    return Promise.resolve({
      logits: Float32Array.from(places.flatMap((x) => [x, x, x, -x, -x, -x])),
      iou: Float32Array.from(places.flatMap((x) => [x / 100, x / 200])),
    });
  });
  const questions = [
    question(1, 1),
    question(2, 2),
    question(3, 1, true),
    question(4, 1, false, true),
    question(5, 1, false, true),
    question(6, 1),
    question(7, 2),
    question(8, 1, true, true),
  ];
  const answers = await ask(questions);
  expect(decodes).toEqual([
    { prompts: [1, 6], starts: null },
    { prompts: [2, 7], starts: null },
    { prompts: [3], starts: null },
    { prompts: [4, 5], starts: [4, 4, 5, 5] },
    { prompts: [8], starts: [8, 8] },
  ]);
  answers.forEach(({ logits, iou }, at) => {
    const x = at + 1;
    expect([...logits]).toEqual([x, x, x, -x, -x, -x]);
    expect([...iou]).toEqual([x / 100, x / 200].map(Math.fround));
  });
});

test.each([
  [8, [8]],
  [9, [8, 1]],
  [16, [8, 8]],
  [17, [8, 8, 1]],
  [0, []],
])('%d of one shape are asked eight at a time', async (count, sizes) => {
  const seen: number[] = [];
  const ask = inDecodes((prompts) => {
    seen.push(prompts.length);
    const places = prompts.map(({ points }) => points[0]!.x);
    return Promise.resolve({ logits: Float32Array.from(places), iou: Float32Array.from(places) });
  });
  const answers = await ask(Array.from({ length: count }, (_, at) => question(at, 1)));
  expect(seen).toEqual(sizes);
  expect(answers.map(({ iou }) => iou[0])).toEqual(Array.from({ length: count }, (_, at) => at));
});
