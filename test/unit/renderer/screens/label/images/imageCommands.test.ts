// Keys of the list of images: the ends of the list, and saved filters.
import { expect, it } from 'vitest';
import { imageHandlers } from '../../../../../../renderer/src/screens/label/images/imageCommands.ts';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';

function bench(total = 5, filterWords = '') {
  const done: unknown[] = [];
  const app = {
    openIndex: (at: number) => void done.push(at),
    images: { total, filterWords, setWords: (words: string) => void done.push(words) },
    session: { project: { filters: [{ words: 'is:mine' }, { words: 'has:note' }] } },
    attempt: (work: () => unknown) => work(),
  };
  return { handlers: imageHandlers(app as unknown as App, () => done.push('ask')), done };
}

it('go to the first and the last image, and ask for a number', () => {
  const { handlers, done } = bench();
  handlers['image.first']!(true);
  handlers['image.last']!(true);
  handlers['image.goTo']!(true);
  expect(done).toEqual([0, 4, 'ask']);
  const none = bench(0);
  none.handlers['image.last']!(true);
  expect(none.done).toEqual([0]);
});

it('use a saved filter, take it off again, and are not ours where there is none', () => {
  const { handlers, done } = bench();
  expect([handlers['filter.1']!(true), handlers['filter.2']!(true)]).toEqual([true, true]);
  expect(handlers['filter.3']!(true)).toBe(false);
  expect(done).toEqual(['is:mine', 'has:note']);
  const on = bench(5, 'has:note');
  on.handlers['filter.2']!(true);
  on.handlers['filter.1']!(true);
  expect(on.done).toEqual(['', 'is:mine']);
});
