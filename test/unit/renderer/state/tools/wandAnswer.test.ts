// The engine's answers for the wand: the last question counts, a stopped one never lands.
import { expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { ImageId, RleMask } from '../../../../../electron/api/types.ts';
import { WandAnswer } from '../../../../../renderer/src/state/tools/wandAnswer.svelte.ts';
import type { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';

const question = (x: number) => ({
  imageId: 1 as ImageId,
  x,
  y: 0,
  tolerance: 8,
  contiguous: true,
  sample: 3 as const,
  shapeMode: 'new' as const,
});

function bench(respond: (signal: AbortSignal) => Promise<{ mask: RleMask }>) {
  const notices: string[] = [];
  const heard: (RleMask | null)[] = [];
  const session = {
    call: (_: string, __: unknown, options: { signal: AbortSignal }) => respond(options.signal),
    notices: { add: (_: string, __: string, message: string) => notices.push(message) },
  };
  const answer = new WandAnswer(session as unknown as Session);
  return {
    answer,
    notices,
    heard,
    ask: (x: number) => answer.ask(question(x), (m) => heard.push(m)),
  };
}

it('hands over the mask and is free again', async () => {
  const mask = draw('##..');
  const { answer, heard, ask } = bench(() => Promise.resolve({ mask }));
  await ask(0);
  expect([heard, answer.question]).toEqual([[mask], null]);
});

it('stops the earlier question when another is asked', async () => {
  const mask = draw('..##');
  let asked = 0;
  const { heard, notices, ask } = bench((signal) =>
    asked++ > 0
      ? Promise.resolve({ mask })
      : new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new AppError('CANCELLED', 'Cancelled.'))),
        ),
  );
  await Promise.all([ask(0), ask(3)]);
  expect([heard, notices]).toEqual([[mask], []]);
});

it('says why there is no answer', async () => {
  const { heard, notices, ask } = bench(() =>
    Promise.reject(new AppError('IMAGE_DAMAGED', 'a.png ends too early.')),
  );
  await ask(0);
  expect([heard, notices]).toEqual([[null], ['a.png ends too early.']]);
});
