// German words about engines side by side.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted } from '../../plural.ts';

export const compare: Catalogue['models']['compare'] = {
  title: (image) => `Verfahren auf ${image} vergleichen`,
  inUse: 'In Gebrauch',
  missing: 'Sein Modell ist noch nicht hier.',
  get: 'Holen',
  running: 'Läuft',
  waiting: 'Wartet auf das vorige',
  stop: 'Stopp',
  stopped: 'Gestoppt',
  run: 'Ausführen',
  masks: 'Masken',
  doubtful: 'Unsicher',
  agreement: 'Deckung',
  keep: 'Dieses behalten',
  use: 'Dieses verwenden',
  why: 'Warum',
  taken: (name) => `${name} ist in Gebrauch, und seine Masken sind hier die Vorschläge.`,
  absent: (names) =>
    names.length > 3
      ? `ausgelassen: ${names.slice(0, 3).join(', ')} und ${count(names.length - 3)} weitere`
      : `ausgelassen: ${names.join(', ')}`,
  where: 'Wo sie sich decken',
  map: (name) => `${name}: je dunkler, desto mehr Verfahren haben es gemalt`,
  mapNote: 'Je kräftiger die Farbe, desto mehr Verfahren haben es gemalt.',
  table: 'Deckung je Klasse',
  tableNote: 'Überlappung der Masken, 1 ist gleich',
  class: 'Klasse',
  all: 'Alle',
  pair: (a, b) => `${a}, ${b}`,
  notFound: 'nicht gefunden',
  nothing: 'Kein Verfahren hat eine dieser Klassen gefunden.',
  what: 'Was übernommen wird',
  agreed: (names) =>
    names.length === 0
      ? 'Bei keiner Klasse sind sich alle Verfahren so weit einig.'
      : `Alle Verfahren sind sich einig bei ${names.join(', ')}.`,
  from: 'Wo alle sich decken, mindestens',
  takeAgreed: 'Gemeinsames übernehmen',
  agreedStep: 'Gemeinsames der Verfahren übernehmen',
  agreedTaken: (n) =>
    n === 1
      ? `${count(n)} Klasse, bei der alle Verfahren einig sind, ist jetzt Vorschlag.`
      : `${count(n)} Klassen, bei denen alle Verfahren einig sind, sind jetzt Vorschläge.`,
  agreedNote:
    'So, wie das Verfahren in Gebrauch sie zog, in einem Schritt. Andere Klassen bleiben, wie sie sind.',
  note: 'Deckung ist nicht Wahrheit: Verfahren können gemeinsam irren. Nichts ändert sich, bevor eins übernommen wird; angenommene Masken ändern sich nie.',
  shows: 'Was die Bilder zeigen',
  showing: { masks: 'Masken', salience: 'Salienz', difference: 'Unterschied' },
  together: 'Gemeinsam bewegen',
  shownNote: {
    salience: 'Je heller, desto mehr sah das Verfahren dorthin.',
    difference: 'Gefüllt: nur dieses Verfahren malte es. Gestreift: nur andere.',
  },
  picture: (name) => `Bild von ${name}. Plus und Minus zoomen, 0 zeigt alles, Pfeile bewegen.`,
  noMap: 'Hier gibt es keine Karte dieser Klasse.',
  six: {
    try: 'An 6 Bildern versuchen',
    title: (n) => `An ${count(n)} Bildern`,
    starting: 'Startet',
    stop: 'Stopp',
    engine: 'Verfahren',
    masks: (masks, doubtful) => `${counted(masks, 'Maske', 'Masken')}, ${count(doubtful)} unsicher`,
    agreement: (value) => `Deckung ${value}`,
    time: (time) => `${time} je Bild`,
    found: (n) => `${counted(n, 'Maske', 'Masken')}`,
    waiting: 'Wartet',
    note: (n) =>
      `Dieselben Klassen an ${n} Bildern, über das Projekt verteilt. Nichts wird geschrieben; was schon gefragt wurde, wird nicht noch einmal gefragt.`,
  },
  open: 'Auf diesem Bild vergleichen',
};
