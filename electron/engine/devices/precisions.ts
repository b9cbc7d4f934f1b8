// Which precisions a pack can be run with on a device, and what is known of each.
import type { DeviceReport, Precision, PrecisionReport } from '../../api/model.ts';
import { deviceWords, type DeviceReason } from '../../api/said/deviceWords.ts';
import { say } from '../../api/said/said.ts';
import { deviceName } from '../../link/words/deviceWords.ts';
import type { PackRecord } from './records.ts';

/** Bytes per weight, about: half of a large model's weights are not in its image encoder. */
const SHARE: { readonly [precision in Precision]: number } = { f32: 1, f16: 0.6, int8: 0.5 };

/** Key of a comparison in a pack's record. */
export const precisionKey = (precision: Precision, provider: string) => `${precision} ${provider}`;

/** What can be said of a precision on the chosen device: null = it can be used there. */
export function whyNot(
  precision: Precision,
  chosen: string,
  devices: readonly DeviceReport[],
): DeviceReason | null {
  const name = deviceName(chosen);
  if (precision === 'int8') return chosen === 'cpu' ? null : { code: 'onlyCpu', values: [name] };
  if (precision === 'f32') return null;
  if (chosen === 'cpu') return { code: 'onlyCards', values: [] };
  const { half = null } = devices.find(({ provider }) => provider === chosen) ?? {};
  return half === false ? { code: 'noHalf', values: [name] } : null;
}

/** One report per precision for the chosen device. */
export function precisionReports(
  record: PackRecord,
  chosen: string,
  devices: readonly DeviceReport[],
  f32Bytes: number,
): PrecisionReport[] {
  return (['f32', 'f16', 'int8'] as const).map((precision): PrecisionReport => {
    const why = whyNot(precision, chosen, devices);
    const known =
      precision === 'f32'
        ? { deviation: 0, agreement: 1, scenes: 0 }
        : record.precisions[precisionKey(precision, chosen)];
    return {
      precision,
      offered: why === null,
      reason: why && say(deviceWords, why),
      why,
      weightBytes: Math.round(f32Bytes * SHARE[precision]),
      deviation: known?.deviation ?? null,
      agreement: known?.agreement ?? null,
      scenes: known?.scenes ?? 0,
    };
  });
}
