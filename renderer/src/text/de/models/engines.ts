// German words about the ways to find masks.
import type { Role } from '../../../../../electron/api/model.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { params, values } from './params.ts';

type Said = ReturnType<Catalogue['models']['engines']['of']>;

const SAID: Readonly<Record<string, Said>> = {
  pnp: {
    name: 'Salienz',
    published: 'PnP-OVSS',
    purpose:
      'Fragt ein Modell, das Bilder und Wörter kennt, mehrmals, wohin es für jede Klasse sah. Liefert die reichsten Belege.',
    goodFor: 'Alltägliche Dinge, wenige Klassen, Masken, die zu begründen sind',
  },
  naclip: {
    name: 'Ähnlichkeit',
    published: 'NACLIP',
    purpose: 'Vergleicht jeden Patch des Bildes mit jeder Klasse. Ein Blick, keine Durchgänge.',
    goodFor: 'Viele Klassen, weite Szenen, Himmel und Straße, Computer ohne GPU',
  },
  car: {
    name: 'Runden',
    published: 'CLIP as RNN',
    purpose: 'Zeigt jeden Fund einem Gutachter und verwirft Namen, die er nicht sieht.',
    goodFor: 'Lange Listen von Namen, die fehlen können, bis zu 20',
  },
};

const judge = (role: Role) => (role === 'judge' ? ', Gutachter' : '');

export const engines: Catalogue['models']['engines'] = {
  params,
  values,
  engine: 'Verfahren',
  goodFor: 'Gut für',
  needs: 'Braucht',
  oneImage: 'Ein Bild, hier',
  lastImage: 'das letzte',
  model: 'Modell der Salienz',
  /** An engine of a newer program says its own words. */
  of: ({ id, name, purpose }) => SAID[id] ?? { name, published: '', purpose, goodFor: '' },
  has: (name, role) => `${name}${judge(role)}, auf diesem Computer`,
  toGet: (name, role, size, licence) => `${name}${judge(role)}, ${size}, ${licence}`,
  nothing: (role) =>
    role === 'judge' ? 'Gutachter ist das Kartenmodell' : 'Kein solches Modell in der Liste',
  use: 'In diesem Projekt verwenden',
  using: (name) => `${name} findet Masken ab dem nächsten Lauf.`,
};
