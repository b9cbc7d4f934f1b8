// A thousand runs from pixels to labels leave memory as it was, cancelled ones included.
import { beforeAll, expect, test } from 'vitest';
import { ensureWasm } from '../../../../../build/wasm.ts';
import { createWasmCrf } from '../../../../../electron/inference/crf/wasmCrf.ts';
import { localCrfSolver } from '../../../../../electron/inference/pipeline/masks/crfSolver.ts';
import { createMaskCache } from '../../../../../electron/inference/pipeline/planes/maskCache.ts';
import { masksFromRun } from '../../../../../electron/inference/pipeline/masks/masks.ts';
import { resolveParams } from '../../../../../electron/link/presets.ts';
import { explainImage } from '../../../../../electron/inference/pipeline/explain/run.ts';
import { collectedBytes } from '../../../../helpers/drivers/collectedBytes.ts';
import { fakeItmModel } from '../../../../helpers/standIns/fakeItmModel.ts';
import { fakePhoto } from '../../../../helpers/standIns/fakeRun.ts';
import { wordPiece } from '../../../../helpers/fixtures/tokenizers.ts';

const RUNS = 1000;
/** Bytes that a thousand runs may leave behind: less than one plane of floats per run. */
const ALLOWED_GROWTH = 1.5 * 2 ** 20;

beforeAll(ensureWasm);

test(
  `${RUNS} runs leave memory as it was and no features behind`,
  { timeout: 120_000 },
  async () => {
    const crf = localCrfSolver(createWasmCrf);
    const cache = createMaskCache();
    const { explain, masks } = resolveParams('default', {
      'pnp.layers': [0, 1],
      'pnp.heads': [],
      'pnp.inputSide': 24,
    });
    const model = fakeItmModel();
    const pack = { model, tokenizer: wordPiece() };
    const prompts = [
      { id: 1, name: 'dog' },
      { id: 2, name: 'cat' },
    ];
    let before = 0;
    for (let round = 0; round < RUNS; round++) {
      if (round === 100) before = collectedBytes();
      // Sizes change, as the images of a folder do.
      const photo = fakePhoto(28 + (round % 5), 20 + (round % 3), round % 256);
      let polls = 0;
      const cancelled = (): boolean => round % 4 === 3 && ++polls > round % 7;
      try {
        const run = await explainImage(pack, photo, { prompts, params: explain }, { cancelled });
        await masksFromRun(run, photo, { ...masks, crfIterations: 2 }, { crf, cache, cancelled });
      } catch (error) {
        expect(error).toMatchObject({ name: 'AbortError' });
      }
      // The made-up model remembers what it was shown; a real one does not.
      model.encoded.length = 0;
      model.batches.length = 0;
    }
    expect(model.open).toBe(0);
    const growth = collectedBytes() - before;
    expect(growth).toBeLessThan(ALLOWED_GROWTH);
    crf.dispose();
  },
);
