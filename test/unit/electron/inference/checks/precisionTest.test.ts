// What a precision changes: maps and labels of sample scenes, in full precision and in another one.
import { expect, test } from 'vitest';
import type { PackChoice } from '../../../../../electron/link/facts.ts';
import {
  measurePrecision,
  type PrecisionScene,
} from '../../../../../electron/inference/checks/precisionTest.ts';
import type { OpenPack } from '../../../../../electron/inference/session/openPack.ts';
import type { StageProgress } from '../../../../../electron/link/protocol.ts';
import { fakePhoto } from '../../../../helpers/standIns/fakeRun.ts';
import { fakeItmModel } from '../../../../helpers/standIns/fakeItmModel.ts';
import { wordPiece } from '../../../../helpers/fixtures/tokenizers.ts';

const wide = { image: fakePhoto(48, 24), names: ['cat', 'red star'] };
const small = { image: fakePhoto(24, 24), names: ['cat', 'red star'] };
const pack = { id: 'one', folder: '/packs/one', precision: 'f16' } as PackChoice;

/** How the other precision's gradients differ from those of full precision. */
type Other = (token: number, patch: number) => number;
const exactly: Other = (token, patch) => 1.2 + Math.sin(1 + token * 1.7 + patch * 0.37);

async function measure(
  scenes: readonly PrecisionScene[],
  other: Other,
  found: PackChoice['precision'] = 'f16',
) {
  const opened: (readonly [precision: string, providers: readonly string[]])[] = [];
  const told: StageProgress[] = [];
  let open = 0;
  const measured = await measurePrecision(
    {
      pack,
      provider: 'cuda',
      scenes,
      parameters: { 'pnp.inputSide': 24, 'pnp.layers': [0], 'pnp.heads': [] },
    },
    (choice, providers) => {
      // One model at a time.
      expect(open).toBe(0);
      open += 1;
      opened.push([choice.precision, providers]);
      const isExact = choice.precision === 'f32';
      const model = Object.assign(fakeItmModel({ gradient: isExact ? exactly : other }), {
        precision: isExact ? 'f32' : found,
        dispose: async () => void (open -= 1),
      });
      return Promise.resolve({ model, tokenizer: wordPiece() } as unknown as OpenPack);
    },
    {
      cancelled: () => false,
      threads: 1,
      turn: async () => undefined,
      progress: (one) => void told.push(one),
      ask: () => Promise.reject(new Error('nothing is asked')),
    },
  );
  return { ...measured, opened, told, open };
}

test('the same numbers differ in nothing, and every pixel has the same label', async () => {
  const { opened, told, open, ...measured } = await measure([wide, small], exactly);
  expect(measured).toEqual({ deviation: 0, agreement: 1, scenes: 2 });
  expect(opened).toEqual([
    ['f32', ['cpu']],
    ['f16', ['cuda']],
  ]);
  expect(open).toBe(0);
  expect(told.map(({ stage, done, total }) => [stage, done, total])).toEqual([
    ['Load', 0, 4],
    ['Sample scenes', 0, 4],
    ['Sample scenes', 1, 4],
    ['Load', 2, 4],
    ['Sample scenes', 2, 4],
    ['Sample scenes', 3, 4],
  ]);
});

test('the worst map and the share of all pixels of all scenes are told', async () => {
  const other: Other = (token, patch) => exactly(token, (patch + 2) % 36);
  const alone = async (scene: PrecisionScene) => measure([scene], other);
  const [first, second] = [await alone(wide), await alone(small)];
  const both = await measure([wide, small], other);
  const pixels = [48 * 24, 24 * 24] as const;
  for (const { agreement, deviation } of [first, second]) {
    expect(agreement).toBeGreaterThan(0);
    expect(agreement).toBeLessThan(1);
    expect(deviation).toBeGreaterThan(0);
  }
  expect(both.agreement).toBeCloseTo(
    (first.agreement * pixels[0] + second.agreement * pixels[1]) / (pixels[0] + pixels[1]),
    10,
  );
  expect(both.deviation).toBe(Math.max(first.deviation, second.deviation));
});

test('without scenes nothing differs', async () => {
  expect(await measure([], exactly)).toMatchObject({ deviation: 0, agreement: 1, scenes: 0 });
});

test('a device that falls back to another precision is no comparison', async () => {
  await expect(measure([small], exactly, 'f32')).rejects.toThrow(
    'cuda calculates in f32, not in f16',
  );
});
