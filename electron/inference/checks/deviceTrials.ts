// What a pack does when a device is tested: a pack that explains makes one pass over a made-up image, a
// click model reads it and answers a click.
import type { PackChoice } from '../../link/facts.ts';
import { resolveParams } from '../../link/presets.ts';
import { explainImage } from '../pipeline/explain/run.ts';
import { clickImage, clickPixels } from '../segment/clickImage.ts';
import { openClicks } from '../segment/openClicks.ts';
import type { OpenPackOn } from '../session/openPack.ts';
import type { TaskCall } from '../threads/threadTask.ts';
import type { OpenTrial } from './deviceTest.ts';
import { testImage } from './testImage.ts';

/** The trial of a pack that explains: one pass over the test image. */
export function explainTrial(
  choice: PackChoice,
  provider: string,
  load: OpenPackOn,
  call: TaskCall,
): OpenTrial {
  return async (profilePrefix) => {
    const pack = await load({ ...choice, precision: 'f32' }, [provider], { profilePrefix });
    const { nativeSide, layers } = pack.model.info;
    const { explain } = resolveParams(
      'default',
      {},
      {
        'pnp.inputSide': nativeSide,
        'pnp.layers': [Math.max(0, Math.floor((layers * 2) / 3) - 1)],
        'pnp.heads': [],
        'pnp.passes': 1,
      },
    );
    return {
      async once() {
        const { passes } = await explainImage(
          pack,
          testImage(),
          { prompts: [{ id: 1, name: 'cat' }], params: explain },
          {
            cancelled: call.cancelled,
          },
        );
        return { values: passes[0]?.tokenMaps[0] ?? new Float32Array(0), clickMs: null };
      },
      endProfiles: () => pack.model.endProfiles(),
      dispose: () => pack.model.dispose(),
    };
  };
}

/** The trial of a click model: the test image read, and one click in its middle. */
export function clickTrial(choice: PackChoice, provider: string): OpenTrial {
  return async (profilePrefix) => {
    const { model } = await openClicks(choice, [provider], { profilePrefix });
    const input = clickImage(testImage(), null, model.info);
    const middle = { x: model.info.side / 2, y: model.info.side / 2, label: 1 } as const;
    return {
      async once() {
        const embedding = await model.encode(clickPixels(input, model.info.preprocessing));
        const startMs = performance.now();
        const { logits } = await model.decode(embedding, [{ points: [middle], box: null }], null);
        return { values: logits, clickMs: performance.now() - startMs };
      },
      endProfiles: () => model.endProfiles(),
      dispose: () => model.dispose(),
    };
  };
}
