// The mask under the pointer is the answer of the click that follows there, and of no other.
import { expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { ClickAnswer } from '../../../../../electron/api/clicks/clicks.ts';
import type { Input } from '../../../../../electron/api/methods.ts';
import type { ImageId } from '../../../../../electron/api/types.ts';
import { ClickAnswers } from '../../../../../renderer/src/state/tools/clickAnswers.svelte.ts';
import type { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';
import type { Asked } from '../../../../../renderer/src/tools/segment/question.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const asked = (x: number, more: Partial<Asked> = {}): Asked => ({
  imageId: 1 as ImageId,
  steps: [{ kind: 'click', x, y: 3, adds: true }],
  chosen: 0,
  after: null,
  cut: { cut: 0, specks: true, part: null },
  crop: null,
  base: null,
  category: null,
  ...more,
});

function bench() {
  const questions: Input<'segment.decode'>[] = [];
  const session = {
    clickPack: { id: 'tiny' },
    call: (_: string, question: Input<'segment.decode'>, { signal }: { signal: AbortSignal }) => {
      questions.push(question);
      const decode = questions.length;
      return new Promise<ClickAnswer>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('CANCELLED', 'Cancelled.')));
        setTimeout(() =>
          resolve({
            decode,
            mask: draw('##..'),
            milliseconds: decode,
            meets: { left: false, top: false, right: false, bottom: false },
            choices: [{ candidate: 1, fit: 0.9, steady: 0.9 }],
          }),
        );
      });
    },
  };
  return { answers: new ClickAnswers(session as unknown as Session), questions, session };
}
const never = new AbortController().signal;

it('is not asked for again', async () => {
  const { answers, questions } = bench();
  const hovered = await answers.hover(asked(2), never);
  answers.follow(asked(2));
  await expect.poll(() => answers.shown?.mask).toBe(hovered.mask);
  expect(questions).toHaveLength(1);
  // Nor when the click comes before the answer.
  void answers.hover(asked(5), never);
  answers.follow(asked(5));
  await expect.poll(() => answers.shown?.milliseconds).toBe(2);
  expect(questions).toHaveLength(2);
});

it.each([
  ['at another place', asked(3)],
  ['that takes away', asked(2, { steps: [{ kind: 'click', x: 2, y: 3, adds: false }] })],
  ['with another edge', asked(2, { cut: { cut: 1, specks: true, part: null } })],
  ['on another image', asked(2, { imageId: 2 as ImageId })],
])('is not that of a click %s', async (_, other) => {
  const { answers, questions } = bench();
  await answers.hover(asked(2), never);
  answers.follow(other);
  await expect.poll(() => answers.shown?.milliseconds).toBe(2);
  expect(questions).toHaveLength(2);
});

it('is not that of another model, and not one that was stopped', async () => {
  const { answers, questions, session } = bench();
  await answers.hover(asked(2), never);
  session.clickPack = { id: 'other' };
  answers.follow(asked(2));
  await expect.poll(() => answers.shown?.milliseconds).toBe(2);
  const stop = new AbortController();
  const hovered = answers.hover(asked(7), stop.signal);
  answers.follow(asked(7));
  stop.abort();
  await expect(hovered).rejects.toThrow();
  await expect.poll(() => answers.shown?.milliseconds).toBe(4);
  expect(questions).toHaveLength(4);
});
