// CLIP as RNN cases round by round: the whole loop, and each step from the step's stored input.
import { imageMaps } from '../../electron/inference/engines/rounds/imageMaps.ts';
import { judgePixels, judgeScores } from '../../electron/inference/engines/rounds/judging/judge.ts';
import { runRounds, type Round } from '../../electron/inference/engines/rounds/loop.ts';
import {
  promptMask,
  promptPicture,
} from '../../electron/inference/engines/rounds/judging/promptPicture.ts';
import {
  boxedCells,
  scaled,
  spreadOver,
  strongBoxes,
} from '../../electron/inference/engines/rounds/refine.ts';
import type { RgbImage } from '../../electron/inference/image/rgbImage.ts';
import type { Trunk } from '../../electron/inference/model.ts';
import { stretched } from '../../electron/inference/pipeline/planes/halfPixel.ts';
import {
  ACTIVATIONS,
  bytes,
  embed,
  floats,
  LOOP_SCORES,
  MAPS,
  PIXELS,
  SCORES,
  type CarModels,
  type CarRun,
} from './carCase.ts';

export async function checkRun(one: CarModels, run: CarRun, trunk: Trunk): Promise<void> {
  const { folder, meta, list, maps, judge } = one;
  const { settings } = meta;
  const image = bytes(folder, 'image');
  const [height, width] = image.shape as readonly number[] as [number, number];
  const rgb = { width, height, rgb: image.data };
  const own = (rows: Float32Array[]) => rows.slice(run.first, run.first + run.count);
  const texts = [
    own(await embed(maps, folder, 'class_ids')),
    own(await embed(maps, folder, 'origami_ids')),
  ] as const;
  const all = settings.classes.length + (settings.stuff?.length ?? 0);
  const judgeRows = await embed(judge, folder, 'judge_ids');
  const sentences = settings.templates.map((_, at) =>
    own(judgeRows.slice(at * all, (at + 1) * all)),
  );
  const background = await embed(maps, folder, run.background);
  const found = imageMaps(maps, trunk, background, settings.map_threshold);
  const seen = async (picture: RgbImage, queries: readonly number[]) => {
    const side = judge.info.nativeSide;
    const vector = await judge.judgeImage(judgePixels(picture, side, judge.info), side, side);
    return judgeScores(
      vector,
      sentences.map((sentence) => queries.map((query) => sentence[query] as Float32Array)),
      judge.info.scale,
    );
  };
  const rounds = await runRounds(
    run.count,
    {
      mapOf: (query, queries, round) => {
        const words = texts[round === 0 ? 0 : 1];
        return found.mapOf(
          queries.indexOf(query),
          queries.map((one) => words[one] as Float32Array),
        );
      },
      scoresOf: (map, queries) => {
        const full = stretched(
          { data: map, rows: trunk.rows, columns: trunk.columns },
          width,
          height,
        );
        return seen(
          promptPicture(rgb, promptMask(full, settings.mask_threshold), run.marks),
          queries,
        );
      },
    },
    { confidence: settings.confidence_threshold },
  );
  const recorded = meta.rounds[run.name] ?? [];
  list.same(`${run.name}: number of rounds`, [rounds.length], [recorded.length]);
  for (const [number, round] of rounds.entries()) {
    const want = recorded[number];
    if (!want) continue;
    const place = `${run.prefix}round_${number}`;
    list.same(`${place} queries`, round.queries, want.queries);
    list.same(`${place} kept`, round.kept, want.kept);
    list.same(`${place} fallback`, [String(round.fallback)], [String(want.fallback)]);
    list.close(
      `${place} own scores`,
      round.scores.map((row, at) => row[at] as number),
      want.own_scores,
      LOOP_SCORES,
    );
    await checkRound({ one, run, trunk, image: rgb, place }, round, seen);
  }
}

interface RoundPlace {
  readonly one: CarModels;
  readonly run: CarRun;
  readonly trunk: Trunk;
  readonly image: RgbImage;
  readonly place: string;
}

async function checkRound(
  { one, run, trunk, image, place }: RoundPlace,
  round: Round,
  seen: (picture: RgbImage, queries: readonly number[]) => Promise<Float64Array>,
): Promise<void> {
  const { folder, meta, list, judge } = one;
  const { rows, columns } = trunk;
  const cells = rows * columns;
  const { map_threshold, mask_threshold } = meta.settings;
  const read = (name: string) => floats(folder, `expected/${place}/${name}`).data;
  const boxes = bytes(folder, `expected/${place}/box_mask`).data;
  const [cams, grids, maps] = [read('cam'), read('refined_grid'), read('maps')];
  const pictures = bytes(folder, `expected/${place}/prompts`).data;
  const pixels = image.width * image.height;
  const part = <T extends Float32Array | Uint8Array>(values: T, at: number, size: number) =>
    values.subarray(at * size, (at + 1) * size) as T;
  const scores: number[] = [];
  for (const [at, found] of round.maps.entries()) {
    const what = `${place} query ${at}`;
    const cam = part(cams, at, cells);
    list.close(`${what} cam`, found.cam, cam, ACTIVATIONS);
    list.same(
      `${what} boxes`,
      boxedCells(strongBoxes(cam, trunk, map_threshold), trunk),
      part(boxes, at, cells),
    );
    const source = cam.map((value, cell) => (boxes[at * cells + cell] === 1 ? value : 0));
    const grid = part(grids, at, cells);
    const highest = grid.reduce((most, value) => Math.max(most, value), 0);
    list.close(`${what} refined`, spreadOver(source, trunk.spread), grid, ACTIVATIONS * highest);
    const map = part(maps, at, pixels);
    const full = stretched({ data: scaled(grid), rows, columns }, image.width, image.height);
    list.close(`${what} map`, full, map, MAPS);
    const picture = part(pictures, at, pixels * 3);
    list.same(
      `${what} picture`,
      promptPicture(image, promptMask(map, mask_threshold), run.marks).rgb,
      picture,
    );
    if (run.name === 'things' && place === 'round_0' && at < 2) {
      const side = judge.info.nativeSide;
      const size = 3 * side * side;
      list.close(
        `${what} judge pixels`,
        judgePixels({ ...image, rgb: picture }, side, judge.info),
        part(read('judge_pixels'), at, size),
        PIXELS,
      );
    }
    scores.push(...(await seen({ ...image, rgb: picture }, round.queries)));
  }
  list.close(`${place} scores`, scores, read('scores'), SCORES);
}
