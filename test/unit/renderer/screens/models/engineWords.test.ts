// Parameters of engines in the window's words: whatever a screen shows of them has some, in every language.
import { afterEach, expect, it } from 'vitest';
import { ENGINES } from '../../../../../electron/link/engines/engines.ts';
import { tunablesOf } from '../../../../../electron/link/engines/tunables.ts';
import { paramLabel, paramValue } from '../../../../../renderer/src/screens/models/engineWords.ts';
import { speak } from '../../../../../renderer/src/text/languages/languages.ts';
import { text } from '../../../../../renderer/src/text/text.ts';

afterEach(() => speak('en'));

/** Full names of what Evidence and Tune let a person change. */
const shown = ENGINES.flatMap((engine) => [
  ...Object.entries(engine.table).flatMap(([name, { again }]) =>
    again ? [`${engine.id}.${name}`] : [],
  ),
  ...tunablesOf(engine).map(({ name }) => name),
]);

it('has words for every parameter that can be changed beside evidence or be searched', () => {
  expect(shown.length).toBeGreaterThan(10);
  const said = Object.keys(text.models.engines.params);
  expect(shown.filter((name) => !said.includes(name))).toEqual([]);
  expect(said.filter((name) => !shown.includes(name))).toEqual([]);
});

it('has words for every choice among them', () => {
  const choices = ENGINES.flatMap(({ table }) =>
    Object.values(table).flatMap(({ range, again }) =>
      again && range.kind === 'choice' ? range.values : [],
    ),
  );
  const said = Object.keys(text.models.engines.values);
  expect(choices.filter((value) => !said.includes(value))).toEqual([]);
});

it('says names and figures as the language does, and what it does not know as it comes', async () => {
  await speak('de');
  expect(paramLabel('car.confidence', 'Drop below')).toBe('Verwerfen unter');
  expect(paramLabel('later.depth', 'Depth')).toBe('Depth');
  expect([true, 3, 0.5, 0.25, 'kk', 'x'].map(paramValue)).toEqual([
    ...['ein', '3', '0,5', '0,25', 'Schlüssel (kk)', 'x'],
  ]);
});
