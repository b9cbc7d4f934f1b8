// COCO-Stuff 164k: val2017 with the pixel maps of things and stuff. A pixel is COCO's id less one; void
// pixels are a class of their own in the published evaluation, background (method.md 8).
import { VOID } from '../../evaluate/imageScore.ts';
import { byStem, filesIn, findBase, openPngSet, partIn } from '../layout.ts';
import { naclipRow, paperRow } from '../published.ts';
import { namesByLabel, type BenchmarkSet, type SetFacts } from '../set.ts';
import { SET_WORDS, type SetId } from '../setWords.ts';
import { COCO_OBJECTS, COCO_STUFF_KINDS } from './cocoNames.ts';
import { join } from 'node:path';

const MAPS = 'stuffthingmaps/val2017';
const IMAGES = ['val2017', 'images/val2017'];
const CLASSES = [...COCO_OBJECTS, ...COCO_STUFF_KINDS];

const NAMES = namesByLabel(CLASSES, 183, 'void');
const labelOfName = (name: string) => NAMES.indexOf(name);

/** As zero-shot comparisons divide COCO-Stuff. */
const UNSEEN = [
  'frisbee',
  'skateboard',
  'cardboard',
  'carrot',
  'scissors',
  'suitcase',
  'giraffe',
  'cow',
  'road',
  'wall-concrete',
  'tree',
  'grass',
  'river',
  'clouds',
  'playingfield',
];

const FACTS: SetFacts<SetId> = {
  id: 'coco-stuff',
  title: SET_WORDS['coco-stuff'].title,
  names: NAMES,
  classes: CLASSES,
  background: 'auto',
  confidence: 0.25,
  countsBackground: { standard: false, reference: true },
  subsets: [
    { name: 'things', labels: COCO_OBJECTS.map(({ label }) => label) },
    { name: 'stuff', labels: COCO_STUFF_KINDS.map(({ label }) => label) },
    { name: 'Stuff-15 (unseen classes of Vil-Seg)', labels: UNSEEN.map(labelOfName) },
  ],
  officialImages: 5000,
  published: [paperRow(17.9), naclipRow(25.69)],
};

const LABELS = new Set(CLASSES.map(({ label }) => label));

export const COCO_STUFF: BenchmarkSet = {
  id: FACTS.id,
  async open({ root }) {
    const base = await findBase(root, ['coco', 'COCO'], [IMAGES, MAPS]);
    const images = (await partIn(base, IMAGES))!;
    const names = await filesIn(join(base, images), '.jpg');
    return openPngSet(FACTS, {
      base,
      images,
      truth: MAPS,
      pairs: byStem(names, (stem) => `${stem}.png`),
      labelOf: (value) => (value === 255 ? VOID : LABELS.has(value + 1) ? value + 1 : null),
      values: "one of COCO's 171 ids less one (0 to 181), or 255 for void",
    });
  },
};
