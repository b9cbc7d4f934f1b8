// Pascal VOC 2012 val: 20 objects and background, or the objects alone. The published evaluation turns
// void pixels into background (method.md 8); the usual one leaves them out.
import { VOID } from '../../evaluate/imageScore.ts';
import { findBase, openPngSet, readNames } from '../layout.ts';
import { REPRODUCED, carRow, naclipRow, paperRow } from '../published.ts';
import { classList, namesByLabel, type BenchmarkSet, type SetFacts } from '../set.ts';
import { SET_WORDS, type SetId } from '../setWords.ts';

const LIST = 'ImageSets/Segmentation/val.txt';
const CLASSES = classList(
  'aeroplane, bicycle, bird, boat=boat|ship, bottle, bus, car, cat, chair, cow, dining table=table, dog, horse, motorbike, person=person|person in shirt|person in jeans|person in dress|person in sweater|person in skirt|person in jacket, potted plant, sheep, sofa, train, tv monitor=tv monitor|television monitor|monitor|television|screen',
);
const NAMES = namesByLabel(CLASSES, 21);

/** Of the comparison with Vil-Seg: potted plant, sheep, sofa, train, tv monitor. */
const UNSEEN = { name: 'VOC-5 (unseen classes of Vil-Seg)', labels: [16, 17, 18, 19, 20] };

const COMMON = {
  names: NAMES,
  classes: CLASSES,
  subsets: [UNSEEN],
  officialImages: 1449,
} satisfies Partial<SetFacts>;

const WITH_BACKGROUND: SetFacts<SetId> = {
  ...COMMON,
  id: 'voc2012',
  title: SET_WORDS.voc2012.title,
  background: 'always',
  confidence: 0.6,
  countsBackground: { standard: true, reference: true },
  published: [REPRODUCED, paperRow(51.3), naclipRow(64.07), carRow(67.6)],
};

const OBJECTS: SetFacts<SetId> = {
  ...COMMON,
  id: 'voc2012-20',
  title: SET_WORDS['voc2012-20'].title,
  background: 'never',
  confidence: 0.6,
  countsBackground: { standard: false, reference: false },
  published: [naclipRow(83.03), carRow(91.4)],
};

function vocSet(facts: SetFacts<SetId>): BenchmarkSet {
  return {
    id: facts.id,
    async open({ root }) {
      const base = await findBase(
        root,
        ['VOC2012', 'VOCdevkit/VOC2012'],
        ['JPEGImages', 'SegmentationClass', LIST],
      );
      const names = await readNames(base, LIST);
      return openPngSet(facts, {
        base,
        images: 'JPEGImages',
        truth: 'SegmentationClass',
        pairs: new Map(names.map((name) => [`${name}.jpg`, `${name}.png`])),
        labelOf: (value) => (value <= 20 ? value : value === 255 ? VOID : null),
        values: '0 to 20, or 255 for void',
      });
    },
  };
}

export const VOC_2012 = vocSet(WITH_BACKGROUND);
export const VOC_2012_OBJECTS = vocSet(OBJECTS);
