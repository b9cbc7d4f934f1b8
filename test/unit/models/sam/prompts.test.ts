// Clicks and boxes as tokens: their order, the padding, and places to the last half pixel.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  imagePositions,
  promptTensors,
  promptTokens,
  readPromptValues,
  type PromptValues,
} from '../../../../models/sam/prompts.ts';
import { readSafetensorsIndex } from '../../../../models/safetensors/reader.ts';
import { f32, safetensorsFile } from '../../../helpers/fixtures/safetensorsFile.ts';
import { temporaryFolder } from '../../../helpers/drivers/temporaryFolder.ts';

// One frequency along x and one along y; kinds tell themselves by their size.
const values: PromptValues = {
  fourier: Float32Array.of(1, 0, 0, 1),
  pointEmbeds: [10, 20, 30, 40].map((kind) => new Float32Array(4).fill(kind)),
  notAPoint: new Float32Array(4).fill(50),
  noMask: new Float32Array(4),
};
const box = { x0: 1, y0: 2, x1: 5, y1: 6 };
const rows = (data: Float32Array) =>
  Array.from({ length: data.length / 4 }, (_, row) => [...data.subarray(4 * row, 4 * row + 4)]);
const kinds = (data: Float32Array) => rows(data).map((row) => Math.round((row[0] ?? 0) / 10) * 10);

test('points come with a token of padding, boxes with their corners behind the points', () => {
  const points = [
    { x: 1, y: 1, label: 1 },
    { x: 2, y: 2, label: 0 },
    { x: 0, y: 0, label: -1 },
  ] as const;
  const tokens = (prompt: Parameters<typeof promptTokens>[1][number]) =>
    promptTokens(values, [prompt], 8);
  expect(kinds(tokens({ points, box: null }).data)).toEqual([20, 10, 50, 50]);
  expect(kinds(tokens({ points, box }).data)).toEqual([20, 10, 50, 30, 40]);
  expect(kinds(tokens({ points: [], box }).data)).toEqual([30, 40]);
  expect(tokens({ points: [], box: null }).shape).toEqual([1, 0, 4]);
});

test('a place is its pixel centre, sines first', () => {
  const point = { x: 2.5, y: 1.5, label: 1 } as const;
  const [row] = rows(promptTokens(values, [{ points: [point], box: null }], 8).data);
  const [x, y] = [2 * (3 / 8) - 1, 2 * (2 / 8) - 1].map((one) => 2 * Math.PI * one) as [
    number,
    number,
  ];
  const want = [Math.sin(x), Math.sin(y), Math.cos(x), Math.cos(y)].map((one) => one + 20);
  want.forEach((one, at) => expect(row?.[at]).toBeCloseTo(one, 5));
});

test('the image has the features of its cells, [width, rows, columns]', () => {
  const positions = imagePositions(values.fourier, 2);
  const centre = Math.sin(2 * Math.PI * (2 * 0.75 - 1));
  // Channel 0 follows x, channel 1 follows y; sin is 0 at both quarters, so look at their signs too.
  expect(positions).toHaveLength(16);
  expect(positions[1]).toBeCloseTo(centre, 6);
  expect(positions[8]).toBeCloseTo(Math.cos(2 * Math.PI * (2 * 0.25 - 1)), 6);
  const finer = imagePositions(values.fourier, 8);
  const at = (channel: number, row: number, column: number) =>
    finer[channel * 64 + row * 8 + column];
  expect(at(0, 1, 6)).toBeCloseTo(Math.sin(2 * Math.PI * (2 * (6.5 / 8) - 1)), 6);
  expect(at(1, 1, 6)).toBeCloseTo(Math.sin(2 * Math.PI * (2 * (1.5 / 8) - 1)), 6);
});

test('places are told apart by frequencies that are no whole turns', () => {
  const fourier = Float32Array.of(0.3, 0, 0, 0.2);
  const positions = imagePositions(fourier, 3);
  const turns = (place: number) => 2 * Math.PI * (2 * ((place + 0.5) / 3) - 1);
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 3; column++) {
      const cell = 3 * row + column;
      const [x, y] = [Math.fround(0.3) * turns(column), Math.fround(0.2) * turns(row)];
      const want = [Math.sin(x), Math.sin(y), Math.cos(x), Math.cos(y)];
      want.forEach((one, channel) => expect(positions[9 * channel + cell]).toBeCloseTo(one, 5));
    }
});

test('prompts of unequal length are refused: filling up would change a mask', () => {
  const one = { points: [], box };
  expect(() => promptTokens(values, [one, { points: [], box: null }], 8)).toThrow(/same number/);
});

test('a matrix that is stored twice must be the same twice', async () => {
  await using folder = await temporaryFolder();
  const tensor = (...numbers: number[]) => ({
    dtype: 'F32',
    shape: [numbers.length / 4, 4],
    bytes: f32(...numbers),
  });
  const matrix = (last: number) => ({ dtype: 'F32', shape: [2, 2], bytes: f32(1, 2, 3, last) });
  const read = async (last: number) => {
    const path = join(folder.path, `${last}.safetensors`);
    await writeFile(
      path,
      safetensorsFile({
        'shared_image_embedding.positional_embedding': matrix(4),
        'prompt_encoder.shared_embedding.positional_embedding': matrix(last),
        ...Object.fromEntries(
          [0, 1, 2, 3].map((kind) => [
            `prompt_encoder.point_embed.${kind}.weight`,
            tensor(1, 2, 3, kind),
          ]),
        ),
        'prompt_encoder.not_a_point_embed.weight': tensor(5, 6, 7, 8),
        'prompt_encoder.no_mask_embed.weight': tensor(9, 9, 9, 9),
      }),
    );
    const tensors = promptTensors(await readSafetensorsIndex(path), 4);
    return readPromptValues(tensors, folder.path);
  };
  const good = await read(4);
  expect([...good.fourier]).toEqual([1, 2, 3, 4]);
  expect(good.pointEmbeds.map((embed) => embed[3])).toEqual([0, 1, 2, 3]);
  await expect(read(5)).rejects.toMatchObject({
    code: 'MODEL_FILE_DAMAGED',
    tensor: 'prompt_encoder.shared_embedding.positional_embedding',
  });
});
