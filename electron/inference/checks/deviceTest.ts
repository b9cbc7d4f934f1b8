// What one device makes of a pack: it loads the model, explains a made-up image twice, and tells
// the maps, the time, and which steps it ran itself. The engine compares devices with each other.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenPackOn } from '../session/openPack.ts';
import { resolveParams } from '../../link/presets.ts';
import { explainImage } from '../pipeline/explain/run.ts';
import type { DeviceMeasure, PackChoice } from '../../link/facts.ts';
import { createHalfProbe } from '../session/halfProbe.ts';
import type { TaskCall } from '../threads/threadTask.ts';

const SIDE = 96;

/** A profile larger than this is not read: 200,000 steps fit in. */
const MAX_PROFILE_BYTES = 64 * 1024 * 1024;

const halfProbe = createHalfProbe();

/** Runs the pack on exactly one provider. Throws the runtime's own error when it does not work. */
export async function measureDevice(
  choice: PackChoice,
  provider: string,
  openPack: OpenPackOn,
  call: TaskCall,
): Promise<DeviceMeasure> {
  const notes = await mkdtemp(join(tmpdir(), 'salience-device-'));
  try {
    call.progress({ stage: 'Load', done: 0, total: 3 });
    const plain: PackChoice = { ...choice, precision: 'f32' };
    const pack = await openPack(plain, [provider], { profilePrefix: join(notes, 'steps') });
    try {
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
      const once = () =>
        explainImage(pack, testImage(), [{ id: 1, name: 'cat' }], explain, {
          cancelled: call.cancelled,
        });
      call.progress({ stage: 'First run', done: 1, total: 3 });
      await once();
      // Taking notes costs time, so the second run is the one that counts.
      pack.model.endProfiles();
      call.progress({ stage: 'Second run', done: 2, total: 3 });
      const startMs = performance.now();
      const run = await once();
      return {
        values: run.passes[0]?.tokenMaps[0] ?? new Float32Array(0),
        milliseconds: performance.now() - startMs,
        steps: await stepsOf(notes, provider),
        half: provider === 'cpu' ? null : (await halfProbe(provider)) === null,
      };
    } finally {
      await pack.model.dispose();
    }
  } finally {
    await rm(notes, { recursive: true, force: true });
  }
}

/** Counts distinct steps in the runtime's notes, and those that ran on `provider`. */
async function stepsOf(folder: string, provider: string): Promise<DeviceMeasure['steps']> {
  const own = new Set<string>();
  const all = new Set<string>();
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), 'utf8');
    if (text.length > MAX_PROFILE_BYTES) return null;
    countSteps(text, name, provider, own, all);
  }
  return all.size === 0 ? null : { own: own.size, all: all.size };
}

interface ProfileEvent {
  readonly cat?: string;
  readonly name?: string;
  readonly args?: { readonly provider?: string };
}

function countSteps(
  text: string,
  file: string,
  provider: string,
  own: Set<string>,
  all: Set<string>,
): void {
  let events: readonly ProfileEvent[];
  try {
    events = JSON.parse(text) as readonly ProfileEvent[];
  } catch {
    // Notes that were cut off say nothing about the device.
    return;
  }
  for (const { cat, name, args } of events) {
    if (cat !== 'Node' || !name?.endsWith('_kernel_time') || !args?.provider) continue;
    all.add(`${file} ${name}`);
    const runner = args.provider.replace(/ExecutionProvider$/, '').toLowerCase();
    if (runner === provider || (runner === 'js' && provider === 'webgpu'))
      own.add(`${file} ${name}`);
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
