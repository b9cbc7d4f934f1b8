// Learning from corrections on the drawn scenes of an unseen style, exact masks playing the person: what is asked of
// the fit, and what is seen. Draws are the same every time.
import { presentOf } from '../../electron/engine/corrections/corrections.ts';
import {
  collectEvidence,
  type EvidenceRow,
} from '../../electron/engine/corrections/evidence/evidence.ts';
import {
  askScores,
  createScores,
  triedSetting,
} from '../../electron/engine/corrections/evidence/scores.ts';
import { findEdges } from '../../electron/engine/corrections/evidence/wholeImages.ts';
import { fitTable } from '../../electron/engine/corrections/fit/fitTable.ts';
import { PRICE } from '../../electron/engine/corrections/fit/search.ts';
import { settingOf, type MaskSetting } from '../../electron/engine/corrections/fit/setting.ts';
import { seededRandom } from '../../electron/engine/tune/random.ts';
import type { RleMask } from '../../electron/api/types.ts';
import { grow, shrink } from '../../electron/masks/changes/morphology.ts';
import { correctedScenes } from '../helpers/fixtures/correctedScenes.ts';

const DRAWS = 10;
const points = (value: number) => (100 * value).toFixed(1);
const average = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const tell = (what: string, seen: string, asked: string) =>
  console.log(`  ${what}: ${seen} (asked ${asked})`);

const scenes = await correctedScenes();
for (const id of scenes.images) await scenes.finish(id, scenes.truth(id));
const { context } = scenes.engine;
const { project } = scenes;
const present = await presentOf(context, project);
const watch = { signal: new AbortController().signal, onProgress() {} };
const { rows } = await collectEvidence(context, project, present, { ...watch, most: 100 });
const scores = createScores(context, project, rows, { present, watch });
const now = settingOf(present.params.masks);
const better: MaskSetting = {
  ...now,
  things: 0.1,
  stuff: 0.05,
  colour: 11,
  reach: 120,
  blur: 0.05,
};
// Stuff is cut at its share of it.
const high = settingOf({ ...present.params.masks, threshold: 0.4 });

/** So many images by chance, the same for the same number. */
function draw(seed: number, count: number): number[] {
  const { next } = seededRandom(seed);
  const left = rows.map((_, image) => image);
  return Array.from({ length: count }, () => left.splice(Math.floor(next() * left.length), 1)[0]!);
}

/** Images weigh the same, however many classes they have. */
const imageMean = (setting: MaskSetting) =>
  average(rows.map((_, image) => scores.value(image, setting)));
const room = { stuff: true, passes: true };

async function fitDraw(images: readonly number[], from: MaskSetting) {
  const drawn = images.map((image) => rows[image]!);
  // What is known of an image lies in the project, whichever draw asked for it.
  const table = createScores(context, project, drawn, { present, watch });
  const hashes = drawn.map(({ hash }) => hash);
  const fit = await fitTable({ table, now: from, room, price: PRICE }, hashes, table.tried);
  const others = rows.filter((_, image) => !images.includes(image));
  const rest = createScores(context, project, others, { present, watch });
  await rest.know([from, fit.chosen]);
  const truly = average(
    others.map((_, image) => rest.value(image, fit.chosen) - rest.value(image, from)),
  );
  return { ...fit, truly, tried: table.tried().length };
}

async function draws(count: number, from: MaskSetting) {
  const fits = [];
  for (let seed = 1; seed <= DRAWS; seed++) fits.push(await fitDraw(draw(seed, count), from));
  const truly = fits.map((fit) => fit.truly);
  const offered = fits.filter(({ verdict }) => verdict === 'offer');
  return {
    fits,
    told: `mean gain ${points(average(truly))}, least ${points(Math.min(...truly))}, m ${points(average(fits.map(({ held }) => held.mean)))}, ${offered.length} offers, where offered ${points(average(offered.map((fit) => fit.truly)))}, at most ${Math.max(...fits.map(({ tried }) => tried))} settings`,
  };
}

await scores.know([now, better, high]);
tell('1 settings in use', points(imageMean(now)), '83.5 +-0.5');
tell('1 better settings', points(imageMean(better)), '86.0 +-0.5');
const second = await draws(12, now);
tell(
  '2 twelve images',
  second.told,
  'mean gain >= 0.2, none below -0.5, m 0 to 2.5, 1 to 7 offers, <= 80 settings',
);
const third = await draws(12, better);
tell('3 from the better settings', third.told, 'at most 2 offers');
const fourth = await draws(8, high);
tell('4 threshold 0.4 in use', points(imageMean(high)), '72.1');
tell(
  '4 threshold 0.4',
  `${fourth.told}, thresholds ${fourth.fits.map(({ chosen }) => chosen.things).join(' ')}, verdicts ${fourth.fits.map(({ verdict }) => verdict).join(' ')}`,
  '10 offers, thresholds <= 0.3, gain >= 5',
);

const kindOf = new Map(present.categories.map(({ id, kind }) => [id, kind]));
/** Rows whose masks were drawn in another way. */
const redrawn = (how: (mask: RleMask, thing: boolean, image: number) => RleMask): EvidenceRow[] =>
  rows.map((row, image) => ({
    ...row,
    classes: row.classes.map((one) => ({
      ...one,
      mask: how(one.mask, kindOf.get(one.categoryId) === 'thing', image),
    })),
  }));
async function habits(drawn: readonly EvidenceRow[]) {
  const found: string[] = [];
  for (let seed = 1; seed <= DRAWS; seed++) {
    const some = draw(seed, 8).map((image) => drawn[image]!);
    const habit = await findEdges(context, some, { present, watch });
    found.push(habit ? `${habit.kind} ${habit.pixels}` : 'none');
  }
  return found.join(', ');
}
const wideThings = redrawn((mask, thing) => (thing ? grow(mask, 2) : mask));
/** Mean overlap of things, as they are made and 2 px wider. */
async function thingsGrown(): Promise<number[]> {
  const sums = [0, 0];
  let things = 0;
  for (const row of wideThings) {
    const { grown } = await askScores(context, row, [triedSetting(present, present.params.masks)], {
      scope: { side: null, growths: [0, 2].map((pixels) => ({ things: true, pixels })) },
      signal: watch.signal,
    });
    for (const [place, { categoryId }] of row.classes.entries()) {
      if (kindOf.get(categoryId) !== 'thing') continue;
      things += 1;
      for (const at of [0, 1]) sums[at]! += grown[0]![at]![place]!;
    }
  }
  return sums.map((sum) => sum / things);
}
tell('5 things 2 px wide', await habits(wideThings), 'thing 2 in every draw');
const [asMade, grownBy2] = await thingsGrown();
tell(
  '5 overlap of such things as they are made and grown',
  `${points(asMade!)} -> ${points(grownBy2!)}`,
  'at least 10 more',
);
tell('5 exact', await habits(rows), 'none');
const wobble = seededRandom(7);
const off = (mask: RleMask) => {
  const by = Math.floor(5 * wobble.next()) - 2;
  return by < 0 ? shrink(mask, -by) : grow(mask, by);
};
tell('5 edges off at random', await habits(redrawn(off)), 'none');
await scenes.close();
