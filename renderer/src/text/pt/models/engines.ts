// Portuguese words about the ways to find masks.
import type { Role } from '../../../../../electron/api/model.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { params, values } from './params.ts';

type Engines = Catalogue['models']['engines'];

const SAID: Readonly<Record<string, ReturnType<Engines['of']>>> = {
  pnp: {
    name: 'Salience',
    published: 'PnP-OVSS',
    purpose:
      'Pergunta a um modelo que conhece imagens e palavras onde olhou por cada classe, várias vezes. Dá as evidências mais completas.',
    goodFor: 'Coisas do dia a dia, poucas classes, máscaras que você precisa explicar',
  },
  naclip: {
    name: 'Similaridade',
    published: 'NACLIP',
    purpose: 'Compara cada bloco da imagem com cada classe. Um só olhar, sem passadas.',
    goodFor: 'Muitas classes, cenas amplas, céu e estrada, computadores sem GPU',
  },
  car: {
    name: 'Rodadas',
    published: 'CLIP as RNN',
    purpose: 'Mostra cada achado a um juiz e larga os nomes que ele não vê.',
    goodFor: 'Listas longas de nomes que podem estar ausentes, até 20',
  },
};

const judge = (role: Role) => (role === 'judge' ? ', juiz' : '');

export const engines: Engines = {
  params,
  values,
  engine: 'Motor',
  goodFor: 'Bom para',
  needs: 'Requer',
  oneImage: 'Uma imagem, aqui',
  lastImage: 'a última',
  model: 'Modelo do Salience',
  of: ({ id, name, purpose }) => SAID[id] ?? { name, published: '', purpose, goodFor: '' },
  has: (name, role) => `${name}${judge(role)}, neste computador`,
  toGet: (name, role, size, licence) => `${name}${judge(role)}, ${size}, ${licence}`,
  nothing: (role) =>
    role === 'judge' ? 'O juiz é o modelo dos mapas' : 'Não há tal modelo na lista',
  use: 'Usar neste projeto',
  using: (name) => `${name} acha máscaras a partir da próxima execução.`,
};
