// The language that the window speaks now: what reads it in a template or an effect follows a change.
import type { Language } from '../../../../electron/api/settings.ts';

/** What `Intl` and the page call each language. */
const TAGS: Readonly<Record<Language, string>> = {
  en: 'en',
  de: 'de',
  fr: 'fr',
  es: 'es',
  pt: 'pt-BR',
  ja: 'ja',
  zh: 'zh-Hans',
};

class Locale {
  language = $state<Language>('en');

  /** For `Intl` and for the page's `lang`. */
  get tag(): string {
    return TAGS[this.language];
  }
}

export const locale = new Locale();
