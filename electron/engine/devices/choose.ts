// From a setting and the last self-test to the device that runs, with the reason in words.
import type { DeviceReport } from '../../api/model.ts';
import { deviceWords, type DeviceReason } from '../../api/said/deviceWords.ts';
import { say } from '../../api/said/said.ts';
import { deviceName } from '../../link/words/deviceWords.ts';

/** A device is only worth its risk when it is clearly faster than the processor. */
const WORTHWHILE = 1.1;

export interface ChosenDevice {
  readonly provider: string;
  readonly reason: string;
  readonly why: DeviceReason;
}

/** 'auto' takes the fastest that passed; a device by name is taken at its word. */
export function chooseDevice(setting: string, devices: readonly DeviceReport[]): ChosenDevice {
  if (setting !== 'auto') {
    const report = devices.find(({ provider }) => provider === setting);
    const device = deviceName(setting);
    if (report && !report.offered) return chosen('cpu', { code: 'setNotHere', values: [device] });
    const hasFailed = report && !report.works && report.state !== 'untested';
    return chosen(setting, { code: hasFailed ? 'setFailed' : 'set', values: [device] });
  }
  const tested = devices.filter(({ state }) => state !== 'untested' && state !== 'notHere');
  if (tested.length === 0) return chosen('cpu', { code: 'untested', values: [] });
  const passed = tested.filter(({ works }) => works);
  const best = passed.reduce<DeviceReport | null>(
    (fastest, one) => ((one.speedup ?? 0) > (fastest?.speedup ?? 0) ? one : fastest),
    null,
  );
  if (!best || best.provider === 'cpu' || (best.speedup ?? 0) < WORTHWHILE)
    return chosen('cpu', { code: passed.length > 1 ? 'noneFaster' : 'nonePassed', values: [] });
  return chosen(best.provider, {
    code: 'fastest',
    values: [deviceName(best.provider), passed.length],
  });
}

const chosen = (provider: string, why: DeviceReason): ChosenDevice => ({
  provider,
  reason: say(deviceWords, why),
  why,
});
