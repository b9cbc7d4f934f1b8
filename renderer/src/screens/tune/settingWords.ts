// A setting's layer, head and parameters as people say them.
import type { TuneParameter, TuneSetting } from '../../../../electron/api/tuning.ts';
import type { Json } from '../../../../electron/api/types.ts';
import { text } from '../../text/text.ts';

export const layerName = ({ layers }: Pick<TuneSetting, 'layers'>): string =>
  layers.map((layer) => layer + 1).join(' + ');

export const headName = ({ heads }: TuneSetting): string =>
  heads.length === 0 ? text.tune.mean : heads.map((head) => head + 1).join(' + ');

/** A parameter's value in words. */
export const valueText = (value: Json): string => {
  if (typeof value === 'boolean') return value ? text.tune.on : text.tune.off;
  return String(value);
};

/** What a search may try of a parameter: ends of numbers, else the values. */
export const triesText = ({ tries }: Pick<TuneParameter, 'tries'>): string =>
  tries.every((value) => typeof value === 'number')
    ? text.tune.fromTo(valueText(tries[0]!), valueText(tries.at(-1)!))
    : tries.map(valueText).join(', ');
