// Every sentence of the interface, in the language of the moment. Groups are the same objects in every
// language, so a module may keep one (`const words = text.label`); a sentence is looked up each time it
// is read, so nobody keeps a sentence outside a function, a template or a `$derived`.
import { en } from './en.ts';
import type { Catalogue } from './languages/catalogue.ts';
import { locale } from './languages/locale.svelte.ts';
import type { Language } from '../../../electron/api/settings.ts';

const learnt = new Map<Language, Catalogue>([['en', en]]);

/** Every sentence of the interface. */
export const text: Catalogue = grouped(en, () => learnt.get(locale.language) ?? en);

/** Makes a language available. */
export function learn(language: Language, catalogue: Catalogue): void {
  learnt.set(language, catalogue);
}

export const isLearnt = (language: Language) => learnt.has(language);

/** An object with the keys of `shape`; each sentence is asked of `group()` when it is read. */
function grouped<Group extends object>(shape: Group, group: () => Group): Group {
  const live = {};
  for (const key of Object.keys(shape) as (keyof Group)[]) {
    const value = shape[key];
    const read = () => group()[key];
    Object.defineProperty(
      live,
      key,
      isGroup(value)
        ? { value: grouped(value, read as () => object), enumerable: true }
        : { get: read, enumerable: true },
    );
  }
  return live as Group;
}

/** Lists are sentences: they are read whole. */
function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
