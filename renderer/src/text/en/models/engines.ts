// Words about the ways to find masks.
import type { EngineInfo, Role } from '../../../../../electron/api/model.ts';
import { params, values } from './params.ts';

interface Said {
  readonly name: string;
  readonly published: string;
  readonly purpose: string;
  readonly goodFor: string;
}

const SAID: Readonly<Record<string, Said>> = {
  pnp: {
    name: 'Salience',
    published: 'PnP-OVSS',
    purpose:
      'Asks a model that knows images and words where it looked for each class, several times. Gives the fullest evidence.',
    goodFor: 'Everyday things, a few classes, masks you must explain',
  },
  naclip: {
    name: 'Similarity',
    published: 'NACLIP',
    purpose: 'Compares each patch of the image with each class. One look, no passes.',
    goodFor: 'Many classes, wide scenes, sky and road, computers without a GPU',
  },
  car: {
    name: 'Rounds',
    published: 'CLIP as RNN',
    purpose: 'Shows each find to a judge and drops the names that it does not see.',
    goodFor: 'Long lists of names that may be absent, up to 20',
  },
};

const judge = (role: Role) => (role === 'judge' ? ', judge' : '');

export const engines = {
  params,
  values,
  engine: 'Engine',
  goodFor: 'Good for',
  needs: 'Needs',
  oneImage: 'One image, here',
  lastImage: 'the last one',
  model: 'Model of Salience',
  /** An engine of a newer program says its own words. */
  of: ({ id, name, purpose }: Pick<EngineInfo, 'id' | 'name' | 'purpose'>): Said =>
    SAID[id] ?? { name, published: '', purpose, goodFor: '' },
  has: (name: string, role: Role) => `${name}${judge(role)}, on this computer`,
  toGet: (name: string, role: Role, size: string, licence: string) =>
    `${name}${judge(role)}, ${size}, ${licence}`,
  nothing: (role: Role) =>
    role === 'judge' ? 'The judge is the maps model' : 'No such model in the list',
  use: 'Use in this project',
  using: (name: string) => `${name} finds masks from the next run on.`,
};
