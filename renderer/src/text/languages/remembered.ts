// The choice of language as this computer remembers it, so that the window begins in it before the engine answers.
import { LANGUAGES, type Settings } from '../../../../electron/api/settings.ts';

const STORE = 'salience.language';

export function rememberedLanguage(storage: Pick<Storage, 'getItem'>): Settings['language'] {
  const kept = storage.getItem(STORE);
  return LANGUAGES.find((language) => language === kept) ?? 'system';
}

export function rememberLanguage(
  storage: Pick<Storage, 'setItem'>,
  language: Settings['language'],
): void {
  storage.setItem(STORE, language);
}
