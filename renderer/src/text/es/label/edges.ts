// Spanish sentences about edges that a click model draws, and about things as objects of their own.
import type { KeptEdge } from '../../../../../electron/api/clicks/edges.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, duration, fixed, percent } from '../../plural.ts';

const value = (of: number) => fixed(of, 2);

function reason({ reason: why, value: found, limit }: KeptEdge): string {
  const of = `${value(found)} de ${value(limit)}`;
  switch (why) {
    case 'disagrees':
      return `no concuerda, ${of}`;
    case 'unsure':
      return `el modelo de clics duda, ${of}`;
    case 'unstable':
      return `el contorno es inestable, ${of}`;
    case 'elsewhere':
      return `casi todo fuera de la saliencia, ${of}`;
    case 'size':
      return limit > 1
        ? `${fixed(found, 1)} veces el tamaño, como máximo ${count(limit)}`
        : `${value(found)} veces el tamaño, como mínimo ${count(limit)}`;
  }
}

export const edges: Catalogue['edges'] = {
  title: 'Contornos',
  refine: { off: 'Refinar: no', edges: 'Refinar: contornos', instances: 'Refinar: objetos' },
  menu: 'Contornos y objetos de una ejecución',
  crisp: 'Contornos nítidos',
  crispHint: (name) =>
    `${name} traza de nuevo el contorno de cada cosa donde concuerda con la saliencia. Si no, el contorno se queda, y la lista dice por qué.`,
  cost: (ms) => `Unos ${duration(ms)} por imagen aquí`,
  perThing: 'Un objeto por cosa',
  perThingHint: 'Las cosas de una clase que se tocan se separan.',
  perThingPlain: 'Cada parte conectada de una clase es un objeto propio.',
  needs: (name) => `Los contornos nítidos necesitan un modelo de clics. ${name} es el más rápido.`,
  needsAny: 'Los contornos nítidos necesitan un modelo de clics: vea Modelos y dispositivos.',
  stuff: 'Las clases de materia conservan sus contornos.',
  alsoStuff: 'También la materia: solo contornos',
  alsoStuffHint: 'El contorno de la materia se mueve un parche como máximo; lo de dentro se queda.',
  summary: ({ refined, all, median }) => {
    const asked = `${count(refined)} de ${counted(all, 'contorno refinado', 'contornos refinados')}`;
    return median === null ? asked : `${asked}, mediana ${value(median)}`;
  },
  kept: 'Contorno del CRF conservado',
  reason,
  edge: (of) => `contorno ${value(of)}`,
  before: 'antes, CRF',
  why: {
    lead: 'La saliencia dice qué es, el modelo de clics dice dónde termina.',
    film: 'Mostrar las pasadas',
    before: (px) => `Parte del CRF, ${px} px`,
    mask: (px) => `Máscara, ${px} px`,
    change: (value) => `Cambio ${value < 0 ? '−' : '+'}${percent(Math.abs(value))}`,
    choices: (n) => `${counted(n, 'opción', 'opciones')} del modelo de clics`,
    noChoices: 'Para sus opciones falta un modelo de clics',
    waiting: 'Espera',
  },
  showBoth: 'Mostrar ambos',
  showOne: 'Mostrar uno',
  refused: (name) => `rechazado, ${name}`,
  stayed: 'conservado, CRF',
  after: (name) => `después, ${name}`,
  found: (name) => `Contornos de ${name}`,
  numbers: ({ agrees, fit, steady, edge }) =>
    `Contorno ${value(edge)}: acuerdo ${value(agrees)}, encaje ${value(fit)}, estabilidad ${value(steady)}`,
  keptBecause: (kept) => `Contorno del CRF conservado: ${reason(kept)}`,
  numbersHint:
    'Acuerdo: lo que la máscara comparte con la saliencia. Encaje: la estimación del modelo de clics. Estabilidad: qué poco cambia con otro corte. Contorno: los tres en uno.',
  report: (refined, kept) =>
    `Contornos: ${counted(refined, 'refinado', 'refinados')}, ${counted(kept, 'conservado', 'conservados')}`,
  reportMedian: (median) => `mediana ${value(median)}`,
  reportNone: 'Todos los contornos se trazaron de nuevo.',
  reportShow: {
    refined: 'Imágenes con contornos refinados',
    kept: 'Imágenes con contornos conservados',
  },
  more: (n) => `y ${count(n)} más`,
};
