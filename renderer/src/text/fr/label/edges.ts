// French sentences about edges that a click model draws, and about things as objects of their own.
import type { KeptEdge } from '../../../../../electron/api/clicks/edges.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, duration, fixed, percent } from '../../plural.ts';

const value = (of: number) => fixed(of, 2);

function reason({ reason: why, value: found, limit }: KeptEdge): string {
  const of = `${value(found)} sur ${value(limit)}`;
  switch (why) {
    case 'disagrees':
      return `pas d’accord, ${of}`;
    case 'unsure':
      return `le modèle de clics hésite, ${of}`;
    case 'unstable':
      return `le contour est instable, ${of}`;
    case 'elsewhere':
      return `surtout hors de la saillance, ${of}`;
    case 'size':
      return limit > 1
        ? `${fixed(found, 1)} fois la taille, au plus ${count(limit)}`
        : `${value(found)} fois la taille, au moins ${count(limit)}`;
  }
}

export const edges: Catalogue['edges'] = {
  title: 'Contours',
  refine: { off: 'Affiner : non', edges: 'Affiner : contours', instances: 'Affiner : objets' },
  menu: 'Contours et objets d’un lancement',
  crisp: 'Contours nets',
  crispHint: (name) =>
    `${name} retrace le contour de chaque chose là où il s’accorde avec la saillance. Sinon le contour reste, et la liste dit pourquoi.`,
  cost: (ms) => `Environ ${duration(ms)} par image ici`,
  perThing: 'Un objet par chose',
  perThingHint: 'Les choses d’une classe qui se touchent sont séparées.',
  perThingPlain: 'Chaque partie d’un seul tenant d’une classe est un objet.',
  needs: (name) => `Les contours nets demandent un modèle de clics. ${name} est le plus rapide.`,
  needsAny: 'Les contours nets demandent un modèle de clics : voir Modèles et appareils.',
  stuff: 'Les classes de matière gardent leurs contours.',
  alsoStuff: 'La matière aussi : contours seuls',
  alsoStuffHint: 'Le bord de la matière bouge d’une tuile au plus ; l’intérieur reste.',
  summary: ({ refined, all, median }) => {
    const asked = `${count(refined)} sur ${counted(all, 'contour affiné', 'contours affinés')}`;
    return median === null ? asked : `${asked}, médiane ${value(median)}`;
  },
  kept: 'Contour du CRF gardé',
  reason,
  edge: (of) => `contour ${value(of)}`,
  before: 'avant, CRF',
  why: {
    lead: 'La saillance dit quoi, le modèle de clics dit où cela finit.',
    film: 'Montrer les passes',
    before: (px) => `Partie du CRF, ${px} px`,
    mask: (px) => `Masque, ${px} px`,
    change: (value) => `Changement ${value < 0 ? '−' : '+'}${percent(Math.abs(value))}`,
    choices: (n) => `${counted(n, 'choix', 'choix')} du modèle de clics`,
    noChoices: 'Ses choix demandent un modèle de clics',
    waiting: 'En attente',
  },
  showBoth: 'Montrer les deux',
  showOne: 'Montrer un seul',
  refused: (name) => `refusé, ${name}`,
  stayed: 'gardé, CRF',
  after: (name) => `après, ${name}`,
  found: (name) => `Contours par ${name}`,
  numbers: ({ agrees, fit, steady, edge }) =>
    `Contour ${value(edge)} : accord ${value(agrees)}, justesse ${value(fit)}, stabilité ${value(steady)}`,
  keptBecause: (kept) => `Contour du CRF gardé : ${reason(kept)}`,
  numbersHint:
    'Accord : ce que le masque partage avec la saillance. Justesse : l’estimation du modèle de clics. Stabilité : combien peu il change avec une autre coupe. Contour : les trois en un.',
  report: (refined, kept) =>
    `Contours : ${counted(refined, 'affiné', 'affinés')}, ${counted(kept, 'gardé', 'gardés')}`,
  reportMedian: (median) => `médiane ${value(median)}`,
  reportNone: 'Tous les contours ont été retracés.',
  reportShow: { refined: 'Images aux contours affinés', kept: 'Images aux contours gardés' },
  more: (n) => `et ${count(n)} de plus`,
};
