// Mean reward of the tries with each value of each parameter.
import type { TuneEvaluation, TuneParameter } from '../../../../../electron/api/tuning.ts';
import type { Json } from '../../../../../electron/api/types.ts';

interface ValueMean {
  readonly value: Json;
  /** Null where no try had the value. */
  readonly reward: number | null;
}

export interface ParameterMean {
  readonly name: string;
  readonly label: string;
  readonly values: readonly ValueMean[];
}

/** A row for each parameter, its values in the order of the table, the one in use among them. */
export function parameterMeans(
  tries: readonly TuneEvaluation[],
  parameters: readonly TuneParameter[],
): ParameterMean[] {
  return parameters.map(({ name, label, tries: listed, inUse }) => {
    const all = listed.includes(inUse) ? [...listed] : [...listed, inUse];
    const values = all.every((value) => typeof value === 'number')
      ? all.toSorted((a, b) => Number(a) - Number(b))
      : all;
    return {
      name,
      label,
      values: values.map((value) => {
        const own = tries.filter(({ setting }) => setting.values?.[name] === value);
        const sum = own.reduce((total, { reward }) => total + reward, 0);
        return { value, reward: own.length === 0 ? null : sum / own.length };
      }),
    };
  });
}
