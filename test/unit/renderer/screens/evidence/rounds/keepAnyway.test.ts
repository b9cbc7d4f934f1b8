// A class that stays whatever the judge saw: under the words that it was asked by, once, beside the others.
import { expect, it } from 'vitest';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';
import { keepAnyway } from '../../../../../../renderer/src/screens/evidence/rounds/keepAnyway.ts';
import { categoryNamed } from '../../../../../helpers/drivers/toolBench.ts';

async function kept(before: unknown, prompt: string) {
  const sent: unknown[] = [];
  const overrides = {
    'masks.blur': 0.1,
    ...(before === undefined ? {} : { 'car.always': before }),
  };
  const app = {
    prelabel: { params: { preset: 'default', overrides } },
    session: {
      call: async (method: string, input: unknown) => void sent.push(method, input),
      show: () => sent.push('show'),
    },
    run: (command: string) => sent.push(command),
  };
  await keepAnyway(app as unknown as App, { ...categoryNamed(1, 'cup'), prompt });
  expect(sent.filter((one) => typeof one === 'string')).toEqual([
    'project.setParams',
    'show',
    'model.run',
  ]);
  return sent[1];
}

it.each([
  [undefined, '', ['cup']],
  [undefined, 'a tea cup', ['a tea cup']],
  [['dog'], '', ['dog', 'cup']],
  [['cup', 'dog'], '', ['cup', 'dog']],
  ['spoilt', '', ['cup']],
])('with %j kept before, asked by "%s"', async (before, prompt, names) => {
  const params = {
    preset: 'default',
    overrides: { 'masks.blur': 0.1, 'car.always': names },
  };
  expect(await kept(before, prompt)).toEqual({ params });
});
