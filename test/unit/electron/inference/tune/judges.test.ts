// Judges on real tiny models: what they say follows the mask, and the same mask is judged once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import {
  judgeByClip,
  type ClipJudge,
  maskedPixels,
} from '../../../../../electron/inference/tune/judges/clipJudge.ts';
import { openClip } from '../../../../../electron/inference/tune/judges/openClip.ts';
import { remembered } from '../../../../../electron/inference/tune/judges/judge.ts';
import { patchesOf } from '../../../../../electron/inference/tune/maskGrid.ts';
import type { LabelGrid } from '../../../../../electron/link/tuneScores.ts';
import { judgeByPack } from '../../../../../electron/inference/tune/judges/packJudge.ts';
import { openTuneImage } from '../../../../../electron/inference/tune/tuneImage.ts';
import { tinyClipPack } from '../../../../helpers/fixtures/clipPack.ts';
import { fakeItmModel } from '../../../../helpers/standIns/fakeItmModel.ts';
import { wordPiece } from '../../../../helpers/fixtures/tokenizers.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'judges-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const grid: LabelGrid = { labels: Uint8Array.of(1, 1, 0, 2), width: 2, height: 2 };
const rgb = Uint8Array.from({ length: 40 * 30 * 3 }, (_, at) => (at * 37) % 256);

test('a patch belongs to the class that covers more than half of it', () => {
  const labels = Uint8Array.of(1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 2, 2, 0, 0, 2, 2);
  const wide: LabelGrid = { labels, width: 4, height: 4 };
  expect([...patchesOf(wide, 1, { rows: 2, columns: 2 })]).toEqual([1, 0, 0, 0]);
  expect([...patchesOf(wide, 2, { rows: 2, columns: 2 })]).toEqual([0, 0, 0, 1]);
});

test('pixels outside the mask are black', () => {
  const white = new Uint8Array(4 * 4 * 3).fill(255);
  const shown = maskedPixels(white, 4, { cells: Uint8Array.of(1, 0, 0, 0), rows: 2, columns: 2 });
  const lit = Array.from({ length: 16 }, (_, at) => shown[at * 3]! > 0);
  expect(lit.flatMap((on, at) => (on ? [at] : []))).toEqual([0, 1, 4, 5]);
});

test('a mask that was judged before is not judged again', async () => {
  const asked: number[] = [];
  const judge = remembered(async (masks) => {
    asked.push(masks.length);
    return masks.map((mask) => ({ fits: [mask[0]!], shares: [mask[0]!] }));
  });
  const [one, other] = [Uint8Array.of(1, 0), Uint8Array.of(0, 1)];
  await judge([one, other, one]);
  const again = await judge([other]);
  expect(asked).toEqual([2]);
  expect(again[0]!.fits).toEqual([0]);
});

test('CLIP judges a masked image against the names of its classes and a fixed list of others', async () => {
  const clip = await openClip({
    id: 'tiny-clip',
    folder: await tinyClipPack(folder),
    provider: 'cpu',
    threads: 1,
    precision: 'f32',
  });
  const image = { width: 40, height: 30, rgb };
  const judged = await judgeByClip(
    clip,
    image,
    { names: ['cat', 'dog'], others: ['bus'] },
    () => undefined,
  );
  const blank = await judged.blank();
  const [inside, outside] = await judged.judge(grid, [
    { kind: 'inside', place: 1 },
    { kind: 'outside', place: 1 },
  ]);
  expect(inside!.fits).toHaveLength(2);
  expect(inside!.shares.reduce((a, b) => a + b)).toBeLessThan(1);
  expect(inside!.fits).not.toEqual(blank.fits);
  expect(inside!.fits).not.toEqual(outside!.fits);
  await clip.model.dispose();
});

test('a name fits by the product of its vector and that of the masked image, at the scale of the CLIP', async () => {
  const info = { nativeSide: 2, scale: 10, mean: [0, 0, 0], std: [1, 1, 1] };
  const model = { info, embedImage: () => Promise.resolve(Float32Array.of(0.5, 2)) };
  const vectors: Record<string, number[]> = { cat: [3, 0.25], dog: [-1, 0.5] };
  const texts = { vector: (name: string) => Float32Array.from(vectors[name] ?? [0, 0]) };
  const judged = await judgeByClip(
    { model, texts } as unknown as ClipJudge,
    { width: 40, height: 30, rgb },
    { names: ['cat', 'dog'], others: [] },
    () => undefined,
  );
  expect((await judged.blank()).fits).toEqual([20, 5]);
});

test('the pack shows each caption only the patches of the mask', async () => {
  const seenMarks: bigint[][] = [];
  const model = fakeItmModel();
  const match = model.match.bind(model);
  model.match = (features, captions, seen) => {
    if (seen) seenMarks.push([...seen]);
    return match(features, captions);
  };
  const pack = { model, tokenizer: wordPiece() };
  const params = resolveParams('default', {}, { 'pnp.inputSide': 8, 'pnp.layers': [0] });
  const image = { width: 8, height: 8, rgb: new Uint8Array(8 * 8 * 3) };
  const tuned = await openTuneImage(pack, { image, prompts: [{ id: 1, name: 'cat' }], params }, {});
  const judged = judgeByPack(pack, tuned.features, tuned.captions, tuned.frame);
  await judged.judge(grid, [
    { kind: 'inside', place: 1 },
    { kind: 'outside', place: 1 },
    { kind: 'elsewhere', place: 1 },
  ]);
  // The class token, then two by two patches. Here the shape elsewhere is all that the mask leaves.
  expect(seenMarks).toEqual([[1n, 1n, 1n, 0n, 0n, 1n, 0n, 0n, 1n, 1n]]);
});
