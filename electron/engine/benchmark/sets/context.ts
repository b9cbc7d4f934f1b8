// Pascal Context val: 59 classes with background, or without. Its list has 5105 lines; the published
// evaluation has 5104 images.
import { VOID } from '../../evaluate/imageScore.ts';
import { findBase, openPngSet, readNames } from '../layout.ts';
import { carRow, naclipRow, paperRow } from '../published.ts';
import { classList, namesByLabel, type BenchmarkSet, type SetFacts } from '../set.ts';
import { SET_WORDS, type SetId } from '../setWords.ts';

const LIST = 'ImageSets/SegmentationContext/val.txt';
const CLASSES = classList(
  'aeroplane, bag, bed, bedclothes, bench, bicycle, bird, boat, book, bottle, building, bus, cabinet, car, cat, ceiling, chair, cloth, computer, cow, cup, curtain, dog, door, fence, floor, flower, food, grass, ground, horse, keyboard, light, motorbike, mountain, mouse, person, plate, platform, potted plant, road, rock, sheep, shelves, sidewalk, sign, sky, snow, sofa, table, track, train, tree, truck, tv monitor, wall, water, window, wood',
);
const NAMES = namesByLabel(CLASSES, 60);
const labelOfName = (name: string) => NAMES.indexOf(name);

const COMMON = {
  names: NAMES,
  classes: CLASSES,
  subsets: [
    {
      name: 'Context-4 (unseen classes of Vil-Seg)',
      labels: ['cow', 'motorbike', 'sofa', 'cat'].map(labelOfName),
    },
  ],
  officialImages: 5105,
} satisfies Partial<SetFacts>;

const WITH_BACKGROUND: SetFacts<SetId> = {
  ...COMMON,
  id: 'context60',
  title: SET_WORDS.context60.title,
  background: 'auto',
  confidence: 0.25,
  countsBackground: { standard: true, reference: true },
  published: [paperRow(28.0), naclipRow(34.99), carRow(30.5)],
};

const WITHOUT: SetFacts<SetId> = {
  ...COMMON,
  id: 'context59',
  title: SET_WORDS.context59.title,
  background: 'never',
  confidence: 0.25,
  countsBackground: { standard: false, reference: false },
  published: [naclipRow(38.35), carRow(39.5)],
};

function contextSet(facts: SetFacts<SetId>): BenchmarkSet {
  return {
    id: facts.id,
    async open({ root }) {
      const base = await findBase(
        root,
        ['VOC2010', 'VOCdevkit/VOC2010'],
        ['JPEGImages', 'SegmentationClassContext', LIST],
      );
      const names = await readNames(base, LIST);
      return openPngSet(facts, {
        base,
        images: 'JPEGImages',
        truth: 'SegmentationClassContext',
        pairs: new Map(names.map((name) => [`${name}.jpg`, `${name}.png`])),
        labelOf: (value) => (value <= 59 ? value : value === 255 ? VOID : null),
        values: '0 to 59, or 255 for void',
      });
    },
  };
}

export const CONTEXT_60 = contextSet(WITH_BACKGROUND);
export const CONTEXT_59 = contextSet(WITHOUT);
