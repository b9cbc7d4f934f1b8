// Which precisions a pack can be run with on a device, and what is known of each.
import type { Precision, PrecisionReport } from '../../api/types.ts';
import { deviceName } from '../../inference/session/deviceReasons.ts';
import type { PackRecord } from './records.ts';

/** Bytes per weight, about: half of a large model's weights are not in its image encoder. */
const SHARE: { readonly [precision in Precision]: number } = { f32: 1, f16: 0.6, int8: 0.5 };

/** Key of a comparison in a pack's record. */
export const precisionKey = (precision: Precision, provider: string) => `${precision} ${provider}`;

/** Provider that a precision is meant for, given the chosen one. */
export function providerFor(precision: Precision, chosen: string): string | null {
  if (precision === 'int8') return chosen === 'cpu' ? 'cpu' : null;
  if (precision === 'f16') return chosen === 'cpu' ? null : chosen;
  return chosen;
}

/** One report per precision for the chosen device. */
export function precisionReports(
  record: PackRecord,
  chosen: string,
  f32Bytes: number,
): PrecisionReport[] {
  return (['f32', 'f16', 'int8'] as const).map((precision): PrecisionReport => {
    const provider = providerFor(precision, chosen);
    const known =
      precision === 'f32'
        ? { deviation: 0, agreement: 1, scenes: 0 }
        : record.precisions[precisionKey(precision, provider ?? '')];
    return {
      precision,
      offered: provider !== null,
      reason:
        provider !== null
          ? null
          : precision === 'f16'
            ? 'For graphics cards: the CPU is no faster with it.'
            : `For the CPU: ${deviceName(chosen)} cannot use it.`,
      weightBytes: Math.round(f32Bytes * SHARE[precision]),
      deviation: known?.deviation ?? null,
      agreement: known?.agreement ?? null,
      scenes: known?.scenes ?? 0,
    };
  });
}
