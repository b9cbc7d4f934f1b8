// What one device makes of a pack: it loads the model, works on a made-up image twice, and tells
// what came out, the time, and which steps it ran itself. The engine compares devices with each other.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceMeasure } from '../../link/facts.ts';
import { createHalfProbe } from '../session/halfProbe.ts';
import type { TaskCall } from '../threads/threadTask.ts';

/** A profile larger than this is not read: 200,000 steps fit in. */
const MAX_PROFILE_BYTES = 64 * 1024 * 1024;

const halfProbe = createHalfProbe();

/** One work on the test image. */
export interface TrialRun {
  readonly values: Float32Array;
  /** Of one click on the image that was read; null where the model answers none. */
  readonly clickMs: number | null;
}

/** A loaded pack that can be tried. */
export interface Trial {
  once(): Promise<TrialRun>;
  endProfiles(): void;
  dispose(): Promise<void>;
}

/** Loads a pack for trials, with notes of what runs where into files that begin with `notes`. */
export type OpenTrial = (notes: string) => Promise<Trial>;

/** Runs the pack on exactly one provider. Throws the runtime's own error when it does not work. */
export async function measureDevice(
  provider: string,
  open: OpenTrial,
  call: TaskCall,
): Promise<DeviceMeasure> {
  const notes = await mkdtemp(join(tmpdir(), 'salience-device-'));
  try {
    call.progress({ stage: 'Load', done: 0, total: 3 });
    const trial = await open(join(notes, 'steps'));
    try {
      call.progress({ stage: 'First run', done: 1, total: 3 });
      await trial.once();
      // Taking notes costs time, so the second run is the one that counts.
      trial.endProfiles();
      call.progress({ stage: 'Second run', done: 2, total: 3 });
      const startMs = performance.now();
      const { values, clickMs } = await trial.once();
      return {
        values,
        milliseconds: performance.now() - startMs - (clickMs ?? 0),
        steps: await stepsOf(notes, provider),
        half: provider === 'cpu' ? null : (await halfProbe(provider)) === null,
        clickMs,
      };
    } finally {
      await trial.dispose();
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
    countSteps(text, name, provider, { own, all });
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
  { own, all }: { readonly own: Set<string>; readonly all: Set<string> },
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
