// What self-tests and comparisons said, by pack: kept so that a choice stands after a restart.
import * as v from 'valibot';
import type { DeviceReport } from '../../api/model.ts';
import { deviceWords, isDeviceReason, type DeviceReason } from '../../api/said/deviceWords.ts';
import { say } from '../../api/said/said.ts';
import { offeredDevices } from './offered.ts';

const number = v.nullable(v.pipe(v.number(), v.finite()));
const WHY = v.custom<DeviceReason>(isDeviceReason);

const REPORT = v.object({
  provider: v.string(),
  offered: v.boolean(),
  works: v.boolean(),
  state: v.picklist(['passed', 'differs', 'failed', 'crashed', 'notHere', 'untested']),
  reason: v.nullable(v.string()),
  // Records of earlier versions lack it, those of later ones may have others.
  why: v.exactOptional(v.fallback(v.nullable(WHY), null)),
  milliseconds: number,
  speedup: number,
  largestError: number,
  steps: v.nullable(v.object({ own: v.number(), all: v.number() })),
  // Records of earlier versions did not ask.
  half: v.optional(v.nullable(v.boolean()), null),
  clickMs: v.optional(number, null),
});

const PACK = v.object({
  packHash: v.string(),
  testedAt: v.string(),
  devices: v.array(REPORT),
  /** By precision and provider, e.g. 'int8 cpu'. */
  precisions: v.record(
    v.string(),
    v.object({ deviation: number, agreement: number, scenes: v.number() }),
  ),
});

export const deviceRecords = v.object({
  version: v.literal(1),
  packs: v.record(v.string(), PACK),
});

export type DeviceRecords = v.InferOutput<typeof deviceRecords>;
export type PackRecord = v.InferOutput<typeof PACK>;

export const NO_RECORDS: DeviceRecords = { version: 1, packs: {} };

/** What is known of a pack; nothing when its files have changed since. */
export function recordOf(records: DeviceRecords, packId: string, packHash: string): PackRecord {
  const known = records.packs[packId];
  return known?.packHash === packHash
    ? known
    : { packHash, testedAt: '', devices: [], precisions: {} };
}

/** One report per known device, those of other systems last; untested where nothing is known. */
export function reportsOf(
  record: PackRecord,
  platform: NodeJS.Platform,
  arch: string,
): DeviceReport[] {
  const known = offeredDevices(platform, arch).toSorted(
    (a, b) => Number(a.notHere !== null) - Number(b.notHere !== null),
  );
  return known.map(({ provider, notHere }): DeviceReport => {
    const tested = record.devices.find((one) => one.provider === provider);
    if (notHere === null && tested) return tested;
    return {
      provider,
      offered: notHere === null,
      works: false,
      state: notHere === null ? 'untested' : 'notHere',
      reason: notHere && say(deviceWords, notHere),
      why: notHere,
      milliseconds: null,
      speedup: null,
      largestError: null,
      steps: null,
      half: null,
      clickMs: null,
    };
  });
}
