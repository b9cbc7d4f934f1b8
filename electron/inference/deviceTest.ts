// Which devices really run a pack: each execution provider loads the model, explains a made-up image
// and has to agree with the processor. What is offered is never taken for what works.
import type { DeviceReport } from '../api/types.ts';
import type { OpenPack } from './openPack.ts';
import { resolveParams } from './pipeline/presets.ts';
import { explainImage } from './pipeline/run.ts';
import type { PackChoice } from './protocol.ts';
import type { TaskCall } from './threads/threadTask.ts';

/** Largest difference of token maps, relative to the largest value, that still counts as agreement. */
const TOLERANCE = 1e-2;

const SIDE = 96;

/** Execution providers worth trying on this system, the processor first. */
export function offeredProviders(platform: NodeJS.Platform): string[] {
  const own = platform === 'win32' ? ['dml'] : platform === 'darwin' ? ['coreml'] : ['cuda'];
  return ['cpu', ...own, 'webgpu'];
}

/** One report per provider. A provider that fails says why; nothing here throws for it. */
export async function testDevices(
  choice: PackChoice,
  shelf: { load(choice: PackChoice, providers: readonly string[]): Promise<OpenPack> },
  call: TaskCall,
): Promise<DeviceReport[]> {
  const providers = offeredProviders(process.platform);
  const reports: DeviceReport[] = [];
  let reference: { values: Float32Array; milliseconds: number } | null = null;
  for (const [index, provider] of providers.entries()) {
    if (call.cancelled()) throw new DOMException('The test was cancelled', 'AbortError');
    call.progress({ stage: `Test ${provider}`, done: index, total: providers.length });
    try {
      const result = await measure(choice, provider, shelf);
      reference ??= result;
      const largestError = difference(reference.values, result.values);
      reports.push({
        provider,
        offered: true,
        works: largestError <= TOLERANCE,
        reason:
          largestError <= TOLERANCE
            ? null
            : `Its maps differ from the processor's by ${largestError.toPrecision(2)}.`,
        speedup: reference.milliseconds / result.milliseconds,
        largestError,
      });
    } catch (error) {
      reports.push({
        provider,
        offered: false,
        works: false,
        reason: error instanceof Error ? error.message.slice(0, 500) : String(error),
        speedup: null,
        largestError: null,
      });
    }
  }
  return reports;
}

async function measure(
  choice: PackChoice,
  provider: string,
  shelf: { load(choice: PackChoice, providers: readonly string[]): Promise<OpenPack> },
): Promise<{ values: Float32Array; milliseconds: number }> {
  const pack = await shelf.load(choice, [provider]);
  try {
    const { nativeSide, layers } = pack.model.info;
    const { explain } = resolveParams(
      'default',
      {},
      {
        'explain.inputSide': nativeSide,
        'explain.layers': [Math.max(0, Math.floor((layers * 2) / 3) - 1)],
        'explain.heads': [],
        'explain.passes': 1,
      },
    );
    const once = () => explainImage(pack, testImage(), [{ id: 1, name: 'cat' }], explain);
    await once();
    const startMs = performance.now();
    const run = await once();
    return {
      values: run.passes[0]?.tokenMaps[0] ?? new Float32Array(0),
      milliseconds: performance.now() - startMs,
    };
  } finally {
    await pack.model.dispose();
  }
}

/** Smooth colours with an edge: enough structure for maps that are not constant. */
function testImage() {
  const rgb = new Uint8Array(SIDE * SIDE * 3);
  for (let y = 0; y < SIDE; y += 1)
    for (let x = 0; x < SIDE; x += 1) {
      const at = (y * SIDE + x) * 3;
      const inside = (x - 40) ** 2 + (y - 50) ** 2 < 600;
      rgb[at] = inside ? 210 : x * 2;
      rgb[at + 1] = inside ? 120 : y * 2;
      rgb[at + 2] = inside ? 40 : 128;
    }
  return { width: SIDE, height: SIDE, rgb };
}

function difference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  let scale = 1e-12;
  for (let i = 0; i < a.length; i += 1) {
    largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
    scale = Math.max(scale, Math.abs(a[i]!));
  }
  return largest / scale;
}
