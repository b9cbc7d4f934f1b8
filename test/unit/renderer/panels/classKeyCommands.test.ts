// What the keys 1-9 and the keys of their pages do, whoever takes the class.
import { expect, it } from 'vitest';
import { classKeyHandlers } from '../../../../renderer/src/panels/classKeyCommands.ts';
import type { App } from '../../../../renderer/src/state/app.svelte.ts';
import { categoryNamed } from '../../../helpers/drivers/toolBench.ts';

function bench(n: number) {
  const said: string[] = [];
  const chosen: string[] = [];
  const categories = Array.from({ length: n }, (_, at) => ({
    ...categoryNamed(at + 1, `class ${at + 1}`),
    hotkey: at < 9 ? at + 1 : null,
  }));
  const app = {
    session: { categories, scope: { classPage: 0 } },
    toasts: { show: (message: string) => said.push(message) },
  };
  const handlers = classKeyHandlers(app as unknown as App, ({ name }) => chosen.push(name));
  return { handlers, said, chosen };
}

it('a key takes the class of the page that is on, and is not ours where it has none', () => {
  const { handlers, said, chosen } = bench(11);
  const press = (id: 'class.2' | 'class.3') => handlers[id]!(true);
  press('class.2');
  handlers['class.page']!(true);
  expect([press('class.2'), press('class.3')]).toEqual([true, false]);
  expect([chosen, said]).toEqual([['class 2', 'class 11'], ['Keys 1–2: class 10 … class 11']]);
  handlers['class.pageBack']!(true);
  press('class.3');
  expect([chosen.at(-1), said.at(-1)]).toEqual(['class 3', 'Keys 1–9: class 1 … class 9']);
});

it('a page of one class names it once, and no page to go to is said', () => {
  const one = bench(10);
  one.handlers['class.page']!(true);
  const none = bench(9);
  none.handlers['class.page']!(true);
  expect([one.said, none.said]).toEqual([
    ['Key 1: class 10'],
    ['There are nine classes at most: each has its key.'],
  ]);
});
