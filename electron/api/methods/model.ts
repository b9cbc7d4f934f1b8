// Methods of model packs and devices.
import type { Handle } from '../types.ts';
import type {
  CudaLibraries,
  DeviceSummary,
  PackSummary,
  Precision,
  PrecisionReport,
  TokenState,
} from '../model.ts';
import type { Method, None, Progress } from './method.ts';

export interface ModelMethods {
  'model.list': Method<None, { packs: readonly PackSummary[] }>;
  'model.install': Method<
    { id: string },
    { pack: PackSummary },
    { receivedBytes: number; totalBytes: number; bytesPerSecond: number; stage: string }
  >;
  /** `entry`: the one of the catalogue that `source` holds the file of; it has a name already. */
  'model.addLocal': Method<
    { source: Handle; name: string; entry?: string },
    { pack: PackSummary },
    Progress
  >;
  'model.verify': Method<
    { id: string },
    { pack: PackSummary; problems: readonly string[] },
    Progress
  >;
  /** Removes an installed pack, or throws away what a paused download has fetched. */
  'model.remove': Method<{ id: string }, None>;
  /** Where packs are kept and come from, as people read it. */
  'model.place': Method<
    None,
    { folder: string; usedBytes: number; freeBytes: number | null; hub: string; proxy: boolean }
  >;
  /** Keeps a token for the hub in use, or forgets it when null; undefined = only asks. */
  'model.token': Method<{ token?: string | null | undefined }, TokenState>;
  /** Precisions of a pack with what is known; `measure` runs the sample scenes with that one first. */
  'model.precision': Method<
    { id: string; measure: Exclude<Precision, 'f32'> | null },
    { reports: readonly PrecisionReport[] },
    Progress
  >;

  /** What the last self-test said, without running anything. */
  'device.list': Method<None, DeviceSummary>;
  /** Tests one device, or all when null, with the pack in use. */
  'device.test': Method<{ provider: string | null }, DeviceSummary, Progress>;
  /** What CUDA needs here; `fetch` gets the runtime's own libraries first. DEVICE_FAILED on other systems. */
  'device.cuda': Method<{ fetch: boolean }, CudaLibraries, Progress>;
}
