// A switch of the language is seen by what was read before, and the system's choice is followed.
import { afterEach, expect, it } from 'vitest';
import { en } from '../../../../renderer/src/text/en.ts';
import { languageOf, speak } from '../../../../renderer/src/text/languages/languages.ts';
import { locale } from '../../../../renderer/src/text/languages/locale.svelte.ts';
import { rememberedLanguage } from '../../../../renderer/src/text/languages/remembered.ts';
import { learn, text } from '../../../../renderer/src/text/text.ts';

afterEach(() => (locale.language = 'en'));

it('groups that a module keeps, a derived value and functions that count', () => {
  learn('de', {
    ...en,
    app: { ...en.app, reconnect: 'Neu verbinden' },
    px: (n) => `${n} Pixel`,
  });
  const words = text.app;
  const both = $derived(`${words.reconnect}, ${text.px(2)}`);
  expect(both).toBe('Connect again, 2 px');
  locale.language = 'de';
  expect(both).toBe('Neu verbinden, 2 Pixel');
  locale.language = 'en';
  expect(both).toBe('Connect again, 2 px');
});

it('lists and names of a group are those of the language', () => {
  learn('fr', { ...en, home: { ...en.home, sampleClasses: ['parasol', 'ballon', 'crabe'] } });
  locale.language = 'fr';
  expect(text.home.sampleClasses).toEqual(['parasol', 'ballon', 'crabe']);
  expect(Object.keys(text.screens)).toEqual(Object.keys(en.screens));
});

it('the first language of the system that is spoken, else English', () => {
  const spoken = ['en', 'de', 'pt', 'zh'] as const;
  expect(languageOf('system', ['it-IT', 'pt-PT', 'de'], spoken)).toBe('pt');
  expect(languageOf('system', ['zh-Hans-CN'], spoken)).toBe('zh');
  expect(languageOf('system', ['it'], spoken)).toBe('en');
  expect(languageOf('de', ['pt'], spoken)).toBe('de');
  expect(languageOf('ja', ['de'], spoken), 'chosen, but not here').toBe('en');
});

it('what this computer remembers, if it is a language', () => {
  const storage = (kept: string | null) => ({ getItem: () => kept });
  expect(['de', 'xx', null].map((kept) => rememberedLanguage(storage(kept)))).toEqual([
    'de',
    'system',
    'system',
  ]);
});

it('of two languages asked for at once the later one stays', async () => {
  learn('de', en);
  await Promise.all([speak('de'), speak('en')]);
  expect(locale.language).toBe('en');
});
