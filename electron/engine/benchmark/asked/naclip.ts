// NACLIP's evaluation: names without spaces, other words where its lists have them, windows for data sets of
// many small things, and background words only where label 0 is a class.
import type { Json } from '../../../api/types.ts';
import type { SetFacts } from '../set.ts';
import type { Asking, Askings } from './asking.ts';

const joined = (name: string) => name.replaceAll(' ', '');

/** VOC's names that are asked by other words. */
const VOC: Readonly<Record<string, string>> = {
  boat: 'ship',
  'dining table': 'table',
  person:
    'person, person in shirt, person in jeans, person in dress, person in sweater, person in skirt, person in jacket',
  'tv monitor': 'television monitor, tv monitor, monitor, television, screen',
};

const vocWords = ({ classes }: SetFacts) =>
  classes.map(({ name }) => VOC[name]?.split(', ') ?? [joined(name)]);
const joinedWords = ({ classes }: SetFacts) => classes.map(({ name }) => [joined(name)]);
const allWords = ({ classes }: SetFacts) =>
  classes.map(({ prompt, synonyms }) => [prompt, ...synonyms]);

const WINDOWS: Readonly<Record<string, Json>> = { 'naclip.windows': 'on' };
/** A pixel whose best share is smaller is background. */
const WITH_BACKGROUND: Readonly<Record<string, Json>> = {
  'masks.background': 'always',
  'masks.smallestShare': 0.1,
};
const NO_BACKGROUND: Readonly<Record<string, Json>> = {
  'masks.background': 'never',
  'naclip.backgroundWords': [],
};

const asks =
  (words: (facts: SetFacts) => string[][], background: Asking['background'], settings = WINDOWS) =>
  (facts: SetFacts): Asking => ({ words: words(facts), background, settings, differs: null });

export const NACLIP: Askings = {
  voc2012: asks(vocWords, WITH_BACKGROUND, {}),
  'voc2012-20': asks(vocWords, NO_BACKGROUND, {}),
  context60: asks(joinedWords, { ...WITH_BACKGROUND, 'naclip.backgroundWords': ['background'] }),
  context59: asks(joinedWords, NO_BACKGROUND),
  'coco-object': asks(allWords, WITH_BACKGROUND),
  'coco-stuff': asks(joinedWords, NO_BACKGROUND),
  ade20k: asks(joinedWords, NO_BACKGROUND),
  cityscapes: asks(joinedWords, NO_BACKGROUND, { ...WINDOWS, 'naclip.shortSide': 560 }),
};
