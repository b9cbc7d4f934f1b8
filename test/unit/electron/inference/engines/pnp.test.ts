// A model that was made ready has read the image: the run that follows begins with what it found.
import { expect, test } from 'vitest';
import type { Bench } from '../../../../../electron/inference/engines/explainer.ts';
import { pnp } from '../../../../../electron/inference/engines/pnp.ts';
import type { ImageFeatures } from '../../../../../electron/inference/model.ts';
import { preprocess } from '../../../../../electron/inference/pipeline/explain/preprocess.ts';
import type { SessionShelves } from '../../../../../electron/inference/shelves.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { wordPiece } from '../../../../helpers/fixtures/tokenizers.ts';
import { fakeItmModel } from '../../../../helpers/standIns/fakeItmModel.ts';

const SIDE = 24;

/** Shelves of one model that keep an image's vectors, as those of the thread do. */
function benchOf(model: ReturnType<typeof fakeItmModel>, steps: string[]) {
  const kept = new Map<string, ImageFeatures>();
  const lease = <T extends object>(value: T, fresh: boolean) =>
    Object.assign(value, { fresh, [Symbol.dispose]: () => undefined });
  const shelves: Pick<SessionShelves, 'pack' | 'vectors'> = {
    pack: async () => lease({ model, tokenizer: wordPiece() }, false) as never,
    async vectors(_, image, params) {
      const known = kept.get(image.sha256);
      if (known) return lease(known, false) as never;
      const { pixels, height, width } = preprocess(image, params, model.info);
      const made = await model.encodeImage(pixels, height, width);
      kept.set(image.sha256, made);
      return lease(made, true) as never;
    },
  };
  return {
    shelves,
    keep: (borrowed: unknown) => borrowed,
    call: {
      cancelled: () => false,
      turn: async () => void steps.push('turn'),
      progress: () => undefined,
    },
    onProgress: () => undefined,
    used: () => undefined,
  } as unknown as Bench;
}

test('making ready encodes the image, and the run encodes only what it hides', async () => {
  const model = fakeItmModel();
  const steps: string[] = [];
  const bench = benchOf(model, steps);
  const { explain } = resolveParams('reference');
  const params = { ...explain, inputSide: SIDE, layers: [1], heads: [0], dropCount: 3, passes: 2 };
  const image = { width: 30, height: 20, rgb: new Uint8Array(30 * 20 * 3), sha256: 'photo' };
  const packs = { explain: {} } as never;
  await pnp.ready({ image, params, packs }, bench);
  expect(model.encoded).toHaveLength(1);
  // What a person waits for goes ahead of each step.
  expect(steps.length).toBeGreaterThanOrEqual(2);
  const run = await pnp.explain({ image, classes: [{ id: 1, name: 'dog' }], params, packs }, bench);
  expect(run.passes).toHaveLength(2);
  expect(model.encoded).toHaveLength(2);
});
