// German sentences about edges that a click model draws, and about things as objects of their own.
import type { KeptEdge } from '../../../../../electron/api/clicks/edges.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, duration, fixed, percent } from '../../plural.ts';

const value = (of: number) => fixed(of, 2);

function reason({ reason: why, value: measured, limit }: KeptEdge): string {
  const of = `${value(measured)} von ${value(limit)}`;
  switch (why) {
    case 'disagrees':
      return `deckt sich nicht, ${of}`;
    case 'unsure':
      return `das Klickmodell ist unsicher, ${of}`;
    case 'unstable':
      return `die Kante ist nicht stabil, ${of}`;
    case 'elsewhere':
      return `meist außerhalb der Salienz, ${of}`;
    case 'size':
      return limit > 1
        ? `${fixed(measured, 1)}-fache Größe, höchstens ${fixed(limit, Number.isInteger(limit) ? 0 : 2)}`
        : `${value(measured)}-fache Größe, mindestens ${value(limit)}`;
  }
}

export const edges: Catalogue['edges'] = {
  title: 'Kanten',
  refine: { off: 'Verfeinern: aus', edges: 'Verfeinern: Kanten', instances: 'Verfeinern: Objekte' },
  menu: 'Kanten und Objekte eines Laufs',
  crisp: 'Scharfe Kanten',
  crispHint: (name) =>
    `${name} zieht die Kante jedes Dings neu, wo es mit der Salienz übereinstimmt. Sonst bleibt die Kante, und die Liste sagt, warum.`,
  cost: (ms) => `Hier etwa ${duration(ms)} pro Bild`,
  perThing: 'Ein Objekt je Ding',
  perThingHint: 'Dinge einer Klasse, die sich berühren, werden getrennt.',
  perThingPlain: 'Jedes verbundene Teil einer Klasse ist ein eigenes Objekt.',
  needs: (name) => `Scharfe Kanten brauchen ein Klickmodell. ${name} ist das schnellste.`,
  needsAny: 'Scharfe Kanten brauchen ein Klickmodell: siehe Modelle und Geräte.',
  stuff: 'Flächige Klassen behalten ihre Kanten.',
  alsoStuff: 'Auch Flächiges: nur Kanten',
  alsoStuffHint:
    'Der Umriss von Flächigem bewegt sich höchstens um einen Patch; was innen liegt, bleibt.',
  summary: ({ refined, all, median }) => {
    const asked = `${count(refined)} von ${counted(all, 'Kante', 'Kanten')} verfeinert`;
    return median === null ? asked : `${asked}, Median ${value(median)}`;
  },
  kept: 'Kante des CRF behalten',
  reason,
  edge: (of) => `Kante ${value(of)}`,
  before: 'vorher, CRF',
  why: {
    lead: 'Salienz sagt, was es ist; das Klickmodell sagt, wo es endet.',
    film: 'Durchgänge zeigen',
    before: (px) => `Teil des CRF, ${px} px`,
    mask: (px) => `Maske, ${px} px`,
    change: (value) => `Änderung ${value < 0 ? '−' : '+'}${percent(Math.abs(value))}`,
    choices: (n) => `${counted(n, 'Maske', 'Masken')} zur Wahl`,
    noChoices: 'Dafür fehlt ein Klickmodell',
    waiting: 'Wartet',
  },
  showBoth: 'Beide zeigen',
  showOne: 'Eine zeigen',
  refused: (name) => `abgelehnt, ${name}`,
  stayed: 'behalten, CRF',
  after: (name) => `nachher, ${name}`,
  found: (name) => `Kanten von ${name}`,
  /** The four numbers of an edge, in one line. */
  numbers: ({ agrees, fit, steady, edge }) =>
    `Kante ${value(edge)}: Deckung ${value(agrees)}, Güte ${value(fit)}, Stabilität ${value(steady)}`,
  keptBecause: (kept) => `Kante des CRF behalten: ${reason(kept)}`,
  numbersHint:
    'Deckung: was die Maske mit der Salienz gemein hat. Güte: die eigene Schätzung des Klickmodells. Stabilität: wie wenig sie sich mit einem anderen Schnitt ändert. Kante: alle drei in einem.',
  report: (refined, kept) => `Kanten: ${count(refined)} verfeinert, ${count(kept)} behalten`,
  reportMedian: (median) => `Median ${value(median)}`,
  reportNone: 'Jede Kante wurde neu gezogen.',
  reportShow: { refined: 'Bilder mit verfeinerten Kanten', kept: 'Bilder mit behaltenen Kanten' },
  more: (n) => `und ${count(n)} weitere`,
};
