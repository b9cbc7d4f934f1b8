// Terms that a translation keeps to, and words that are the same in it as in English.
import type { Language } from '../../../electron/api/settings.ts';
import { german } from './terms/de.ts';
import { spanish } from './terms/es.ts';
import { french } from './terms/fr.ts';
import { japanese } from './terms/ja.ts';
import { portuguese } from './terms/pt.ts';
import { chinese } from './terms/zh.ts';

/** For an English term, as a pattern, what its translation contains. */
export type Terms = { readonly [term: string]: RegExp };

export interface Glossary {
  readonly terms: Terms;
  /** Sentences that are rightly the same as in English: names, loan words. */
  readonly same: readonly string[];
}

/** Names that no language translates. */
export const NAMES: readonly string[] = [
  'Salience',
  'labelme',
  'CVAT',
  'COCO',
  'CLIP',
  'PnP-OVSS',
  'CRF',
  'IoU',
  'mIoU',
  'CPU',
  'CUDA',
  'DirectML',
  'Core ML',
  'WebGPU',
  'coco.json',
  'x y',
  // Classes of the sample, which the built-in model knows in English.
  'umbrella',
  'ball',
  'crab',
  'umbrella ball crab',
];

export const GLOSSARIES: Readonly<Record<Exclude<Language, 'en'>, Glossary>> = {
  de: german,
  fr: french,
  es: spanish,
  pt: portuguese,
  ja: japanese,
  zh: chinese,
};
