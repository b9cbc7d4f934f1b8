// What --vary lets a search change: layers, heads and the like, or parameters of a method without them.
import { usualParameter } from '../../../api/rules/tuneParameters.ts';
import type { TuneAxes, TuneParameter } from '../../../api/tuning.ts';
import type { Tuned } from '../../../engine/tune/method/tuned.ts';
import { UsageError } from '../arguments/usageError.ts';

const AXES = ['layer', 'head', 'threshold', 'blur', 'passes', 'drop'] as const;
const USUAL_AXES = 'layer,head';

/** What may change. */
export interface Varied {
  readonly axes: TuneAxes;
  readonly parameters: readonly TuneParameter[];
}

/** Throws UsageError naming what the method has, for a word that is none of it. */
export function readVaried(text: string | undefined, { parameters }: Tuned): Varied {
  const axes = (asked: readonly string[]) =>
    Object.fromEntries(AXES.map((axis) => [axis, asked.includes(axis)])) as unknown as TuneAxes;
  if (parameters.length === 0)
    return { axes: axes(chosenOf(text ?? USUAL_AXES, AXES)), parameters };
  const names = parameters.map(({ name }) => name.replace(/^.*\./, ''));
  const asked = text === undefined ? null : chosenOf(text, names);
  return {
    axes: axes([]),
    parameters: parameters.filter((one, at) =>
      asked === null ? usualParameter(one) : asked.includes(names[at]!),
    ),
  };
}

function chosenOf(text: string, known: readonly string[]): string[] {
  const asked = text.split(',').map((word) => word.trim());
  const unknown = asked.find((word) => !known.includes(word));
  if (unknown !== undefined)
    throw new UsageError(`--vary takes ${known.join(', ')}; "${unknown}" is none of them.`);
  return asked;
}
