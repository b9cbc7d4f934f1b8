// A setting's layer and head as people count them.
import type { TuneSetting } from '../../../../electron/api/tuning.ts';
import { text } from '../../text/text.ts';

export const layerName = ({ layers }: TuneSetting): string =>
  layers.map((layer) => layer + 1).join(' + ');

export const headName = ({ heads }: TuneSetting): string =>
  heads.length === 0 ? text.tune.mean : heads.map((head) => head + 1).join(' + ');
