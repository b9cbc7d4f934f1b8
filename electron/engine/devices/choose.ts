// From a setting and the last self-test to the device that runs, with the reason in words.
import type { DeviceReport } from '../../api/model.ts';
import { deviceName } from '../../link/words/deviceWords.ts';

/** A device is only worth its risk when it is clearly faster than the processor. */
const WORTHWHILE = 1.1;

export interface ChosenDevice {
  readonly provider: string;
  readonly reason: string;
}

/** 'auto' takes the fastest that passed; a device by name is taken at its word. */
export function chooseDevice(setting: string, devices: readonly DeviceReport[]): ChosenDevice {
  if (setting !== 'auto') {
    const report = devices.find(({ provider }) => provider === setting);
    const name = deviceName(setting);
    if (report && !report.offered)
      return { provider: 'cpu', reason: `${name} is set but not on this system, so the CPU runs.` };
    const doubt =
      report && !report.works && report.state !== 'untested' ? ' It failed its self-test.' : '';
    return { provider: setting, reason: `${name} is set by hand.${doubt}` };
  }
  const tested = devices.filter(({ state }) => state !== 'untested' && state !== 'notHere');
  if (tested.length === 0) return { provider: 'cpu', reason: 'No device has been tested yet.' };
  const passed = tested.filter(({ works }) => works);
  const best = passed.reduce<DeviceReport | null>(
    (fastest, one) => ((one.speedup ?? 0) > (fastest?.speedup ?? 0) ? one : fastest),
    null,
  );
  if (!best || best.provider === 'cpu' || (best.speedup ?? 0) < WORTHWHILE)
    return {
      provider: 'cpu',
      reason:
        passed.length > 1
          ? `CPU was chosen: nothing that passed is clearly faster.`
          : 'CPU was chosen: no other device passed its self-test.',
    };
  return {
    provider: best.provider,
    reason: `${deviceName(best.provider)} was chosen: fastest of ${passed.length} that passed.`,
  };
}
