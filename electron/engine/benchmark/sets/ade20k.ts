// ADE20K val of the scene parsing challenge: 150 classes. 0 is "other": left out usually, a class of its
// own in the published evaluation (method.md 8).
import { join } from 'node:path';
import { byStem, filesIn, findBase, openPngSet } from '../layout.ts';
import { carRow, naclipRow, paperRow } from '../published.ts';
import { classList, namesByLabel, type BenchmarkSet, type SetFacts } from '../set.ts';
import { SET_WORDS, type SetId } from '../setWords.ts';

const IMAGES = 'images/validation';
const MAPS = 'annotations/validation';
const CLASSES = classList(
  'wall, building, sky, floor, tree, ceiling, road, bed, windowpane, grass, cabinet, sidewalk, person, earth, door, table, mountain, plant, curtain, chair, car, water, painting, sofa, shelf, house, sea, mirror, rug, field, armchair, seat, fence, desk, rock, wardrobe, lamp, bathtub, railing, cushion, base, box, column, signboard, chest of drawers, counter, sand, sink, skyscraper, fireplace, refrigerator, grandstand, path, stairs, runway, case, pool table, pillow, screen door, stairway, river, bridge, bookcase, blind, coffee table, toilet, flower, book, hill, bench, countertop, stove, palm, kitchen island, computer, swivel chair, boat, bar, arcade machine, hovel, bus, towel, light, truck, tower, chandelier, awning, streetlight, booth, television receiver, airplane, dirt track, apparel, pole, land, bannister, escalator, ottoman, bottle, buffet, poster, stage, van, ship, fountain, conveyer belt, canopy, washer, plaything, swimming pool, stool, barrel, basket, waterfall, tent, bag, minibike, cradle, oven, ball, food, step, tank, trade name, microwave, pot, animal, bicycle, lake, dishwasher, screen, blanket, sculpture, hood, sconce, vase, traffic light, tray, ashcan, fan, pier, crt screen, plate, monitor, bulletin board, shower, radiator, glass, clock, flag',
);

const FACTS: SetFacts<SetId> = {
  id: 'ade20k',
  title: SET_WORDS.ade20k.title,
  names: namesByLabel(CLASSES, 151, 'other'),
  classes: CLASSES,
  background: 'auto',
  confidence: 0.25,
  countsBackground: { standard: false, reference: true },
  subsets: [],
  officialImages: 2000,
  published: [paperRow(14.2), naclipRow(19.05), carRow(17.7)],
};

export const ADE20K: BenchmarkSet = {
  id: FACTS.id,
  async open({ root }) {
    const base = await findBase(root, ['ADEChallengeData2016'], [IMAGES, MAPS]);
    const names = await filesIn(join(base, IMAGES), '.jpg');
    return openPngSet(FACTS, {
      base,
      images: IMAGES,
      truth: MAPS,
      pairs: byStem(names, (stem) => `${stem}.png`),
      labelOf: (value) => (value <= 150 ? value : null),
      values: '0 to 150',
    });
  },
};
