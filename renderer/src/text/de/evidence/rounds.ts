// German sentences of the rounds before a judge.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';

const classes = (n: number) => counted(n, 'Klasse', 'Klassen');
const how = (bare: boolean) => (bare ? 'bloße Namen' : '„a clean origami …“');

export const rounds: Catalogue['evidence']['rounds'] = {
  view: 'Runden',
  intro: 'Jede Runde fragt einen Gutachter, was er sieht, und verwirft, was er nicht sieht.',
  title: 'Klassen nach Runden: Karte, Bild für den Gutachter, Wert',
  taking: (n, bare) => `${classes(n)}, ${how(bare)}`,
  takingStuff: (n, bare) => `Flächiges: ${classes(n)}, ${how(bare)}`,
  stuffNote:
    'Nach Flächigem wird hinter den Dingen gefragt; sie gelten dabei als Hintergrundwörter.',
  nobody: 'niemand verworfen: die Schleife endet',
  kept: 'behalten',
  dropped: 'verworfen',
  cell: (name, round, value, kept) =>
    `${name}, Runde ${round}: ${value}, ${kept ? 'behalten' : 'verworfen'}`,
  detail: (name, round) => `${name} in Runde ${round}`,
  picture: 'Vorgelegtes Bild',
  at: (name, round) => `${name}, Runde ${round}`,
  pictureOf: (name, round) =>
    `Was dem Gutachter von ${name} in Runde ${round} gezeigt wurde; das gestrichelte Quadrat ist, was er sah`,
  saw: 'Was der Gutachter sah',
  sawNote: 'Zeile: Bild, Spalte: Name; eigener Wert auf der Diagonale',
  noMatrix: 'Dieser Lauf ist älter als die Tabelle. Das Bild neu ausführen, um sie zu sehen.',
  whyTitle: (name) => `Warum wurde ${name} verworfen?`,
  whyKeptTitle: (name) => `Warum wurde ${name} behalten?`,
  why: (name, seen, own, needed) =>
    seen.name === null
      ? `Der Gutachter sah ${name} im eigenen Bild nur mit ${own}; nötig war ${needed}.`
      : `Im Bild für ${name} sah der Gutachter ${seen.name}, ${seen.score}. Für ${name} selbst: ${own}, nicht über ${needed}.`,
  whyKept: (name, own, needed) =>
    `Der Gutachter sah ${name} im eigenen Bild: ${own}, über ${needed}.`,
  whyBest: (name, own, needed) =>
    `${name} bleibt mit ${own}, nicht über ${needed}: Es ist das Beste einer Runde, die alle verworfen hätte, oder soll nie verworfen werden.`,
  keepAnyway: (name) => `${name} trotzdem behalten`,
  keepNote:
    'Dieses Projekt verwirft es nie mehr, und das Bild wird neu ausgeführt. Angenommene Masken bleiben.',
};
