// French words about the ways to find masks.
import type { Catalogue } from '../../languages/catalogue.ts';
import type { Role } from '../../../../../electron/api/model.ts';
import { params, values } from './params.ts';

type Said = ReturnType<Catalogue['models']['engines']['of']>;

const SAID: Readonly<Record<string, Said>> = {
  pnp: {
    name: 'Salience',
    published: 'PnP-OVSS',
    purpose:
      'Demande plusieurs fois à un modèle qui connaît images et mots où il a regardé pour chaque classe. Donne les indices les plus complets.',
    goodFor: 'Choses de tous les jours, peu de classes, masques à expliquer',
  },
  naclip: {
    name: 'Similarité',
    published: 'NACLIP',
    purpose: 'Compare chaque tuile de l’image à chaque classe. Un seul regard, pas de passes.',
    goodFor: 'Beaucoup de classes, vues larges, ciel et route, ordinateurs sans GPU',
  },
  car: {
    name: 'Tours',
    published: 'CLIP as RNN',
    purpose: 'Montre chaque trouvaille à un juge et écarte les noms qu’il ne voit pas.',
    goodFor: 'Longues listes de noms peut-être absents, jusqu’à 20',
  },
};

const judge = (role: Role) => (role === 'judge' ? ', juge' : '');

export const engines: Catalogue['models']['engines'] = {
  params,
  values,
  engine: 'Moteur',
  goodFor: 'Bon pour',
  needs: 'Demande',
  oneImage: 'Une image, ici',
  lastImage: 'la dernière',
  model: 'Modèle de Salience',
  of: ({ id, name, purpose }) => SAID[id] ?? { name, published: '', purpose, goodFor: '' },
  has: (name, role) => `${name}${judge(role)}, sur cet ordinateur`,
  toGet: (name, role, size, licence) => `${name}${judge(role)}, ${size}, ${licence}`,
  nothing: (role) =>
    role === 'judge'
      ? 'Le juge est le modèle des cartes'
      : 'Aucun modèle de ce genre dans la liste',
  use: 'Utiliser dans ce projet',
  using: (name) => `${name} trouve les masques dès le prochain lancement.`,
};
