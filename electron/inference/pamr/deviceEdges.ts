// Quick edges of a pixel thread on the device that made the run: the maps go to the thread of the sessions in
// shared memory, so that nothing is copied on the way.
import type { TaskCall } from '../threads/threadTask.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import type { EdgeJob } from './edgeSessions.ts';

/** Devices on which the graph runs as a whole; Core ML wants sides that are known beforehand. */
const DEVICES: readonly string[] = ['cuda', 'webgpu', 'dml'];

/** Refines planes [channels, height * width] in place; false where no device did. */
export type DeviceEdges = (
  planes: Float32Array,
  photo: RgbImage,
  settings: Pick<EdgeJob, 'reach' | 'steps'>,
) => Promise<boolean>;

/** Undefined where the run was made on a processor. */
export function deviceEdges(
  provider: string,
  { ask }: Pick<TaskCall, 'ask'>,
): DeviceEdges | undefined {
  if (!DEVICES.includes(provider)) return undefined;
  return async (planes, { width, height, rgb }, settings) => {
    const maps = new Float32Array(new SharedArrayBuffer(planes.byteLength));
    maps.set(planes);
    const shared = new Uint8Array(new SharedArrayBuffer(rgb.byteLength));
    shared.set(rgb);
    const job: EdgeJob = { provider, width, height, rgb: shared, maps, ...settings };
    if ((await ask(job)) !== true) return false;
    planes.set(maps);
    return true;
  };
}
