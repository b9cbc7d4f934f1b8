// A setting's layer, head and parameters as people say them.
import type { TuneParameter, TuneSetting } from '../../../../electron/api/tuning.ts';
import { listed } from '../../text/plural.ts';
import { text } from '../../text/text.ts';
import { paramValue } from '../models/engineWords.ts';

export const layerName = ({ layers }: Pick<TuneSetting, 'layers'>): string =>
  layers.map((layer) => layer + 1).join(' + ');

export const headName = ({ heads }: TuneSetting): string =>
  heads.length === 0 ? text.tune.mean : heads.map((head) => head + 1).join(' + ');

/** What a search may try of a parameter: ends of numbers, else the values. */
export const triesText = ({ tries }: Pick<TuneParameter, 'tries'>): string =>
  tries.every((value) => typeof value === 'number')
    ? text.tune.fromTo(paramValue(tries[0]!), paramValue(tries.at(-1)!))
    : listed(tries.map(paramValue));
