// Cityscapes val, 19 classes: the maps of train ids where they were made, else those of all ids, mapped by
// the official table.
import { join } from 'node:path';
import { VOID } from '../../evaluate/imageScore.ts';
import { filesIn, findBase, openPngSet } from '../layout.ts';
import { naclipRow } from '../published.ts';
import { classList, namesByLabel, type BenchmarkSet, type SetFacts } from '../set.ts';
import { SET_WORDS, type SetId } from '../setWords.ts';

const IMAGES = 'leftImg8bit/val';
const MAPS = 'gtFine/val';
const IMAGE_END = '_leftImg8bit.png';
const TRAIN_END = '_gtFine_labelTrainIds.png';
const ALL_END = '_gtFine_labelIds.png';
const CLASSES = classList(
  'road, sidewalk, building, wall, fence, pole, traffic light, traffic sign, vegetation, terrain, sky, person, rider, car, truck, bus, train, motorcycle, bicycle',
);
/** Ids of the 19 classes among all ids, in the order of train ids. */
const IDS = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33];
/** Highest of all ids; the plate of a car is -1, which a PNG holds as 255. */
const LAST_ID = 33;

const FACTS: SetFacts<SetId> = {
  id: 'cityscapes',
  title: SET_WORDS.cityscapes.title,
  names: namesByLabel(CLASSES, 20, 'void'),
  classes: CLASSES,
  background: 'never',
  confidence: 0.25,
  countsBackground: { standard: false, reference: false },
  subsets: [],
  officialImages: 500,
  published: [naclipRow(38.27)],
};

const labelOfTrainId = (value: number) => (value <= 18 ? value + 1 : value === 255 ? VOID : null);

function labelOfId(value: number): number | null {
  const place = IDS.indexOf(value);
  if (place >= 0) return place + 1;
  return value <= LAST_ID || value === 255 ? VOID : null;
}

export const CITYSCAPES: BenchmarkSet = {
  id: FACTS.id,
  async open({ root }) {
    const base = await findBase(root, ['cityscapes'], [IMAGES, MAPS]);
    const names = await filesIn(join(base, IMAGES), IMAGE_END.toLowerCase(), true);
    const maps = new Set(await filesIn(join(base, MAPS), '.png', true));
    const train = maps.has(names[0]!.replace(IMAGE_END, TRAIN_END));
    const end = train ? TRAIN_END : ALL_END;
    return openPngSet(FACTS, {
      base,
      images: IMAGES,
      truth: MAPS,
      pairs: new Map(names.map((name) => [name, name.replace(IMAGE_END, end)])),
      labelOf: train ? labelOfTrainId : labelOfId,
      values: train ? 'a train id, 0 to 18, or 255 for void' : 'an id from 0 to 33, or 255',
    });
  },
};
