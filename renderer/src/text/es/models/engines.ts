// Spanish words about the ways to find masks.
import type { Catalogue } from '../../languages/catalogue.ts';
import type { Role } from '../../../../../electron/api/model.ts';
import { params, values } from './params.ts';

type Said = ReturnType<Catalogue['models']['engines']['of']>;

const SAID: Readonly<Record<string, Said>> = {
  pnp: {
    name: 'Salience',
    published: 'PnP-OVSS',
    purpose:
      'Pregunta varias veces a un modelo que conoce imágenes y palabras dónde miró para cada clase. Da la evidencia más completa.',
    goodFor: 'Cosas cotidianas, pocas clases, máscaras que debe explicar',
  },
  naclip: {
    name: 'Similitud',
    published: 'NACLIP',
    purpose: 'Compara cada parche de la imagen con cada clase. Una sola mirada, sin pasadas.',
    goodFor: 'Muchas clases, escenas amplias, cielo y carretera, equipos sin GPU',
  },
  car: {
    name: 'Rondas',
    published: 'CLIP as RNN',
    purpose: 'Muestra cada hallazgo a un juez y descarta los nombres que este no ve.',
    goodFor: 'Listas largas de nombres que pueden faltar, hasta 20',
  },
};

const judge = (role: Role) => (role === 'judge' ? ', juez' : '');

export const engines: Catalogue['models']['engines'] = {
  params,
  values,
  engine: 'Motor',
  goodFor: 'Bueno para',
  needs: 'Necesita',
  oneImage: 'Una imagen, aquí',
  lastImage: 'la última',
  model: 'Modelo de Salience',
  of: ({ id, name, purpose }) => SAID[id] ?? { name, published: '', purpose, goodFor: '' },
  has: (name, role) => `${name}${judge(role)}, en este equipo`,
  toGet: (name, role, size, licence) => `${name}${judge(role)}, ${size}, ${licence}`,
  nothing: (role) =>
    role === 'judge' ? 'El juez es el modelo de los mapas' : 'Ningún modelo así en la lista',
  use: 'Usar en este proyecto',
  using: (name) => `${name} halla las máscaras desde la próxima ejecución.`,
};
