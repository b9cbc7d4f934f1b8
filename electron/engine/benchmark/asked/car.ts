// The evaluation of CLIP as RNN: a text for each class, used as it stands with commas and spellings, and the
// thresholds and prompt pictures of each data set.
import type { Json } from '../../../api/types.ts';
import type { Asking, Askings } from './asking.ts';

const texts = (list: string): string[][] => list.split('|').map((text) => [text]);

const VOC = texts(
  'aeroplane|bicycle|bird avian|boat|bottle|bus|car|cat|chair seat|cow|diningtable|dog|horse|motorbike|person with clothes,people,human|pottedplant|sheep|sofa|train|tvmonitor screen',
);
const COCO = texts(
  'person with clothes,people,human|bicycle|car|motorbike|aeroplane|bus|train|truck|boat|traffic light|fire hydrant|stop sign|parking meter|bench|bird avian|cat|dog|horse|sheep|cow|elephant|bear|zebra|giraffe|backpack,bag|umbrella,parasol|handbag,purse|necktie|suitcase|frisbee|skis|sknowboard|sports ball|kite|baseball bat|glove|skateboard|surfboard|tennis racket|bottle|wine glass|cup|fork|knife|dessertspoon|bowl|banana|apple|sandwich|orange|broccoli|carrot|hot dog|pizza|donut|cake|chair seat|sofa|pottedplant|bed|diningtable|toilet|tvmonitor screen|laptop|mouse|remote control|keyboard|cell phone|microwave|oven|toaster|sink|refrigerator|book|clock|vase|scissors|teddy bear|hairdrier,blowdrier|toothbrush',
);
const CONTEXT = texts(
  'airplane|bag|bed|bedclothes|bench|bicycle|bird|boat|book|bottle|building|bus|cabinet|car|cat|ceiling|chair|cloth|computer|cow|cup|curtain|dog|door|fence|floor|flower|food|grass|ground|horse|keyboard|light|motorbike|mountain|mouse|person|plate|platform|plant|road|rock|sheep|shelves|sidewalk|sign|sky|snow|sofa|table|track|train|tree|truck|monitor|wall|water|window|wood',
);
const ADE = texts(
  'wall|building, edifice|sky|floor, flooring|tree|ceiling|road, route|bed|windowpane, window|grass|cabinet|sidewalk, pavement|person, individual, someone, somebody, mortal, soul|earth, ground|door, double, door|table|mountain, mount|plant, flora, plant, life|curtain, drape, drapery, mantle, pall|chair|car, auto, automobile, machine, motorcar|water|painting, picture|sofa, couch, lounge|shelf|house|sea|mirror|rug, carpet, carpeting|field|armchair|seat|fence, fencing|desk|rock, stone|wardrobe, closet, press|lamp|bathtub, bathing, tub, bath, tub|railing, rail|cushion|base, pedestal, stand|box|column, pillar|signboard, sign|chest, of, drawers, chest, bureau, dresser|counter|sand|sink|skyscraper|fireplace, hearth, open, fireplace|refrigerator, icebox|grandstand, covered, stand|path|stairs, steps|runway|case, display, case, showcase, vitrine|pool, table, billiard, table, snooker, table|pillow|screen, door, screen|stairway, staircase|river|bridge, span|bookcase|blind, screen|coffee, table, cocktail, table|toilet, can, commode, crapper, pot, potty, stool, throne|flower|book|hill|bench|countertop|stove, kitchen, stove, range, kitchen, range, cooking, stove|palm, palm, tree|kitchen, island|computer, computing, machine, computing, device, data, processor, electronic, computer, information, processing, system|swivel, chair|boat|bar|arcade, machine|hovel, hut, hutch, shack, shanty|bus, autobus, coach, charabanc, double-decker, jitney, motorbus, motorcoach, omnibus, passenger, vehicle|towel|light, light, source|truck, motortruck|tower|chandelier, pendant, pendent|awning, sunshade, sunblind|streetlight, street, lamp|booth, cubicle, stall, kiosk|television, television, receiver, television, set, tv, tv, set, idiot, box, boob, tube, telly, goggle, box|airplane, aeroplane, plane|dirt, track|apparel, wearing, apparel, dress, clothes|pole|land, ground, soil|bannister, banister, balustrade, balusters, handrail|escalator, moving, staircase, moving, stairway|ottoman, pouf, pouffe, puff, hassock|bottle|buffet, counter, sideboard|poster, posting, placard, notice, bill, card|stage|van|ship|fountain|conveyer, belt, conveyor, belt, conveyer, conveyor, transporter|canopy|washer, automatic, washer, washing, machine|plaything, toy|swimming, pool, swimming, bath, natatorium|stool|barrel, cask|basket, handbasket|waterfall, falls|tent, collapsible, shelter|bag|minibike, motorbike|cradle|oven|ball|food, solid, food|step, stair|tank, storage, tank|trade, name, brand, name, brand, marque|microwave, microwave, oven|pot, flowerpot|animal, animate, being, beast, brute, creature, fauna|bicycle, bike, wheel, cycle|lake|dishwasher, dish, washer, dishwashing, machine|screen, silver, screen, projection, screen|blanket, cover|sculpture|hood, exhaust, hood|sconce|vase|traffic, light, traffic, signal, stoplight|tray|ashcan, trash, can, garbage, can, wastebin, ash, bin, ash-bin, ashbin, dustbin, trash, barrel, trash, bin|fan|pier, wharf, wharfage, dock|crt, screen|plate|monitor, monitoring, device|bulletin, board, notice, board|shower|radiator|glass, drinking, glass|clock|flag',
);

type Mark = 'blur' | 'gray' | 'black' | 'circle';
const MARKS: readonly Mark[] = ['blur', 'gray', 'black', 'circle'];

interface Thresholds {
  readonly confidence: number;
  readonly mask: number;
  readonly map: number;
}

/** Sets with stuff ask for it with these pictures, in rounds of its own. */
const STUFF_MARKS: readonly Mark[] = ['blur', 'gray'];
const CONTEXT_STUFF = [
  3, 15, 17, 21, 23, 24, 25, 28, 29, 32, 34, 38, 40, 41, 44, 46, 47, 55, 56, 57, 58,
];
const ADE_STUFF = [
  0, 2, 3, 4, 5, 6, 9, 13, 16, 17, 21, 26, 29, 46, 48, 52, 60, 61, 66, 68, 91, 92, 94, 113, 128,
];

function settings(
  { confidence, mask, map }: Thresholds,
  marks: readonly Mark[],
): Readonly<Record<string, Json>> {
  const switches = (name: (mark: Mark) => string, on: readonly Mark[]) =>
    Object.fromEntries(MARKS.map((mark) => [`car.${name(mark)}`, on.includes(mark)]));
  return {
    'car.confidence': confidence,
    'car.maskThreshold': mask,
    'car.mapThreshold': map,
    ...switches((mark) => mark, marks),
    ...switches((mark) => `stuff${mark[0]!.toUpperCase()}${mark.slice(1)}`, STUFF_MARKS),
  };
}

const asks =
  (words: string[][], own: Asking['settings'], stuff: readonly number[] = []) =>
  (): Asking => ({ words, background: {}, settings: own, stuff, differs: null });

const voc = asks(VOC, settings({ confidence: 0.6, mask: 0.4, map: 0.4 }, ['circle', 'blur']));
const context = asks(
  CONTEXT,
  settings({ confidence: 0.25, mask: 0.6, map: 0.4 }, ['blur', 'circle']),
  CONTEXT_STUFF,
);

export const CAR: Askings = {
  voc2012: voc,
  'voc2012-20': voc,
  context60: context,
  context59: context,
  'coco-object': asks(COCO, settings({ confidence: 0.3, mask: 0.5, map: 0.5 }, ['blur', 'gray'])),
  ade20k: asks(
    ADE,
    settings({ confidence: 0.25, mask: 0.6, map: 0.7 }, ['gray', 'blur']),
    ADE_STUFF,
  ),
};
