// German sentences of the import and export dialogs.
import type { Catalogue } from '../languages/catalogue.ts';
import { count, counted } from '../plural.ts';
import { formats } from './exchange/formats.ts';
import { warnings } from './exchange/warnings.ts';

const images = (n: number) => counted(n, 'Bild', 'Bilder');
const masks = (n: number) => counted(n, 'Maske', 'Masken');

export const exchange: Catalogue['exchange'] = {
  exportTitle: 'Exportieren',
  doneTitle: 'Exportiert und zurückgelesen',
  format: 'Format',
  formats,
  warnings,
  which: 'Bilder',
  all: 'Alle Bilder',
  reviewed: 'Nur geprüfte',
  picked: (n) => counted(n, 'ausgewähltes Bild', 'ausgewählte Bilder'),
  proposals: 'Auch Vorschläge',
  proposalsHint: 'Aus: nur angenommene Masken.',
  classes: 'Klassen',
  noClass: 'Wählen Sie mindestens eine Klasse.',
  split: 'Für Validierung abteilen',
  fileName: 'Dateiname',
  target: 'Ordner',
  targetDefault: 'Neben den Bildern',
  choose: 'Wählen',
  start: 'Exportieren',
  next: 'Weiter',
  back: 'Zurück',
  checkTitle: 'Export, 2 von 2: Prüfung',
  checkFirst: 'Masken vorher durchsehen',
  startN: (masks) => `${counted(masks, 'Maske', 'Masken')} exportieren`,
  running: 'Wird geschrieben und zurückgelesen',
  writing: (done, of) => `${count(done)} von ${count(of)} geschrieben`,
  readingBack: (done, of) => `${count(done)} von ${count(of)} zurückgelesen`,
  equal: (n, all) => `Zurückgelesen: ${images(n)}, ${masks(all)}, alles gleich.`,
  differs: (n, name) =>
    n === 1
      ? `${name} liest sich anders zurück. Die Datei wurde nicht behalten.`
      : `${name} und ${counted(n - 1, 'weiteres Bild lesen', 'weitere Bilder lesen')} sich anders zurück. Die Datei wurde nicht behalten.`,
  showIt: 'Zeigen',
  isThere: (name, when) => `${name} ist schon da (${when}).`,
  replace: 'Ersetzen',
  keepBoth: 'Beide behalten',
  anotherFormat: 'Anderes Format',
  backTo: 'Zurück zum Export',
  copyPath: 'Pfad kopieren',
  showInFolder: 'Im Ordner zeigen',
  checks: {
    looking: 'Masken werden durchgesehen',
    head: (all, n) => `${masks(all)} in ${counted(n, 'Bild', 'Bildern')}.`,
    nothing: 'Nichts fällt auf.',
    proposalsOut: (n) =>
      `${counted(n, 'Vorschlag', 'Vorschläge')} ausgelassen. Nehmen Sie sie an, oder gehen Sie zurück und schalten Sie sie ein.`,
    classesOut: (n) => `${masks(n)} anderer Klassen ausgelassen, wie gewünscht.`,
    unreviewedOut: (n) =>
      `${counted(n, 'ungeprüftes Bild', 'ungeprüfte Bilder')} ausgelassen, wie gewünscht.`,
    doNotStop: 'Dies hält den Export nicht auf.',
    to: 'Nach',
    show: (n) => `${count(n)} zeigen`,
    showFirst: (n) => `Die ersten ${count(n)} zeigen`,
    decide: (n) => `${count(n)} entscheiden`,
    fillIn: 'Ausfüllen',
    keepOne: 'Je eine behalten',
    nothingToDo: 'nichts zu tun',
    kept: (all, n) => `${masks(all)} in ${counted(n, 'Bild', 'Bildern')} gelöscht.`,
    onlyLocked: 'Gesperrte Masken bleiben: nichts wurde gelöscht.',
    grades: {
      warn: 'Warnung',
      question: 'Frage',
      info: 'Hinweis',
      fine: 'In Ordnung',
    },
    rules: {
      missing: 'Bilder, die fehlen oder beschädigt sind',
      tiny: 'Winzige Masken',
      overlap: 'Überlappung zweier Klassen',
      twice: 'Dieselbe Maske zweimal',
      undecided: 'Unentschieden in geprüften Bildern',
      unsaid: 'Ohne ein nötiges Feld',
      border: 'Am Bildrand',
      files: 'Dateien',
    },
    hints: {
      missing: 'ihre Dateien sind nicht lesbar',
      tiny: 'unter 16 px, oft Ausrutscher des Pinsels',
      overlap: 'über 20\u202f% der kleineren',
      twice: 'eine Klasse, fast dieselben Pixel',
      undecided: 'Vorschläge, die niemand entschied',
      unsaid: 'Objekte, denen fehlt, was ihre Klasse verlangt',
      border: 'Dinge, die angeschnitten sind',
      files: 'jedes Bild ist da',
    },
  },
  importTitle: 'Annotationen importieren',
  /** Stands where the chosen file's name will. */
  source:
    'Eine Datei von COCO, CVAT, Label Studio oder VIA oder ein Ordner von labelme, YOLO, Supervisely, Pascal VOC oder PNG-Masken',
  chooseFile: 'Datei wählen',
  chooseLabels: 'Ordner wählen',
  chosenFile: 'Die gewählte Datei',
  chosenFolder: 'Der gewählte Ordner',
  asAccepted: 'Als angenommene Masken',
  asProposals: 'Als Vorschläge',
  asProposalsHint: 'entschieden wird später',
  found: (format, n, all, classes) =>
    `${format}: ${images(n)}, ${masks(all)}, ${counted(classes, 'Klasse', 'Klassen')}.`,
  imported: (n, all) => `${images(n)} und ${masks(all)} importiert.`,
  problems: (n) => `${counted(n, 'Eintrag', 'Einträge')} übersprungen:`,
  changes: 'Mit einer Änderung gelesen:',
  skip: 'Fehlerhafte Einträge überspringen',
  turnAlong: 'Annotationen mitdrehen: Sie entstanden auf den Bildern, wie sie gespeichert sind',
  importNow: 'Importieren',
  moreProblems: (n) => `und ${count(n)} weitere`,
};
