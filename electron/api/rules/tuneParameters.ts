// Which parameters a search changes unless a person says otherwise, and how a setting of them is said.
import type { TuneParameter, TuneSetting } from '../tuning.ts';
import type { Json } from '../types.ts';

/** Numbers lead somewhere step by step; switches and kinds multiply the tries. */
export const usualParameter = ({ tries }: Pick<TuneParameter, 'tries'>): boolean =>
  tries.every((value) => typeof value === 'number');

/** Label and value of each parameter that a setting has. */
export function saidParameters(
  { values = {} }: TuneSetting,
  parameters: readonly Pick<TuneParameter, 'name' | 'label'>[],
): { readonly label: string; readonly value: Json }[] {
  return parameters.flatMap(({ name, label }) => {
    const value = values[name];
    return value === undefined ? [] : [{ label, value }];
  });
}
