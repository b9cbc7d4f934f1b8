// The languages of the window: which one is asked for, and fetching its sentences when it is first spoken.
import { LANGUAGES, type Language, type Settings } from '../../../../electron/api/settings.ts';
import { isLearnt, learn } from '../text.ts';
import type { Catalogue } from './catalogue.ts';
import { locale } from './locale.svelte.ts';

/** Each language in its own words, as a person who cannot read the present one finds it. */
export const AUTONYMS: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  pt: 'Português (Brasil)',
  ja: '日本語',
  zh: '简体中文',
};

/** English is always here; the others are files of their own, fetched when spoken. */
const CATALOGUES: { readonly [language in Language]?: () => Promise<Catalogue> } = {
  de: async () => (await import('../de.ts')).de,
  es: async () => (await import('../es.ts')).es,
  fr: async () => (await import('../fr.ts')).fr,
  ja: async () => (await import('../ja.ts')).ja,
  pt: async () => (await import('../pt.ts')).pt,
  zh: async () => (await import('../zh.ts')).zh,
};

/** Languages that have sentences. */
export const SPOKEN: readonly Language[] = LANGUAGES.filter(
  (language) => language === 'en' || language in CATALOGUES,
);

/** The language of a setting; "system" is the first of the computer's languages that is spoken. */
export function languageOf(
  setting: Settings['language'],
  systems: readonly string[],
  spoken: readonly Language[] = SPOKEN,
): Language {
  const wanted = setting === 'system' ? systems.map((tag) => tag.split('-')[0]) : [setting];
  for (const one of wanted) {
    const found = spoken.find((language) => language === one);
    if (found) return found;
  }
  return 'en';
}

let asked = 0;

/** Speaks this language from now on; where two are asked for at once, the later one wins. */
export async function speak(language: Language): Promise<void> {
  const mine = ++asked;
  const fetched = CATALOGUES[language];
  if (fetched && !isLearnt(language)) learn(language, await fetched());
  if (mine !== asked) return;
  locale.language = language;
}
