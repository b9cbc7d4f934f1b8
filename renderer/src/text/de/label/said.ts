// German words of fields, marks, notes and tags, in the inspector, at the object and in the class editor.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted } from '../../plural.ts';

const values = (n: number) => counted(n, 'Wert', 'Werte');

export const said: Catalogue['said'] = {
  panel: 'Felder, Merkmale und Notizen',
  fieldsOf: (name) => `Felder von ${name}`,
  several: (n) => counted(n, 'Objekt', 'Objekte'),
  edit: 'Felder bearbeiten',
  none: 'Keine Felder.',
  add: (name) => `Feld zu ${name} hinzufügen`,
  close: 'Zurück zu den Listen',
  mixed: 'gemischt',
  notSet: 'nicht gesetzt',
  on: 'ja',
  off: 'nein',
  withUnit: (value, unit) => (unit === '°' ? `${String(value)}°` : `${String(value)} ${unit}`),
  needed: 'Nötig vor „geprüft“',
  trouble: {
    kind: 'von anderer Art als das Feld',
    list: 'nicht in der Liste',
    long: 'zu lang',
  },
  bounds: (min, max) => {
    if (min === null) return `höchstens ${count(max ?? 0)}`;
    return max === null ? `mindestens ${count(min)}` : `von ${count(min)} bis ${count(max)}`;
  },
  strange: (name, value) => `${name}: ${value}`,
  strangeHint: 'Die Klasse hat kein solches Feld: Eine Datei brachte es mit.',
  addToList: 'In die Liste aufnehmen',
  takeAway: (name) => `${name} wegnehmen`,
  marks: 'Merkmale',
  mark: { occluded: 'Verdeckt', difficult: 'Schwierig', crowd: 'Menge', cut: 'Angeschnitten' },
  cutHint: 'Setzt sich selbst, wo das Objekt den Rand berührt',
  note: 'Notiz',
  noteHere: 'Notiz hinzufügen',
  talk: 'Zu besprechen',
  image: 'Dieses Bild',
  tag: 'Stichwort',
  addTag: 'Stichwort hinzufügen',
  tagHere: 'Stichwort, dann Eingabe',
  removeTag: (tag) => `Stichwort ${tag} wegnehmen`,
  imageNote: 'Notiz zum Bild',
  imageNoteHere: 'Notiz zum Bild hinzufügen',
  tagged: (n, tag) => `${tag} auf ${counted(n, 'Bild', 'Bildern')}`,
  strip: 'Felder der Auswahl',
  keys: {
    fields: 'Felder der Auswahl',
    set: 'setzen',
    occluded: 'verdeckt',
    difficult: 'schwierig',
    crowd: 'Menge',
    note: 'Notiz',
    back: 'zurück',
  },
  live: (name, value) => `${name}: ${value}`,
  history: {
    value: (field, name) => `${field} von ${name} setzen`,
    mark: {
      occluded: (name) => `${name} als verdeckt markieren`,
      difficult: (name) => `${name} als schwierig markieren`,
      cut: (name) => `${name} als angeschnitten markieren`,
    },
    unmark: {
      occluded: (name) => `${name} als nicht verdeckt markieren`,
      difficult: (name) => `${name} als nicht schwierig markieren`,
      cut: (name) => `${name} als nicht angeschnitten markieren`,
    },
    note: (name) => `Notiz zu ${name}`,
  },
  missing: (field, n, name) =>
    n === 1
      ? `${field} fehlt bei 1 Objekt von ${name}.`
      : `${field} fehlt bei ${count(n)} Objekten von ${name}.`,
  fillIn: 'Ausfüllen',
  anyway: 'Trotzdem geprüft',
  table: {
    hint: 'Bei jedem Objekt dieser Klasse gefragt. Der Platz in der Liste ist die Taste in der Leiste.',
    name: 'Name',
    kind: 'Art',
    kinds: { tick: 'Häkchen', choice: 'Auswahl', number: 'Zahl', text: 'Freitext' },
    choices: 'Auswahl, eine je Zeile',
    min: 'Kleinste',
    max: 'Größte',
    unit: 'Einheit',
    default: 'Vorgabe',
    noDefault: 'keine',
    needed: 'Nötig',
    more: 'Feld hinzufügen',
    up: (name) => `${name} nach oben`,
    down: (name) => `${name} nach unten`,
    remove: (name) => `Feld ${name} löschen`,
    uses: (n) => `${values(n)} gehen mit; Rückgängig bringt sie zurück.`,
    from: (name, n) => `${name}, ${values(n)} aus einer Datei`,
    untitled: 'Neues Feld',
    faults: {
      many: 'Eine Klasse hat höchstens 50 Felder.',
      name: 'Ein Feld braucht einen eigenen Namen; occluded, difficult und truncated sind Merkmale.',
      twice: 'Ein anderes Feld heißt so.',
      choices: 'Die Auswahl steht eine je Zeile, jede einmal, höchstens 200 Zeichen.',
      bounds: 'Die kleinste Zahl ist größer als die größte.',
      unit: 'Eine Einheit hat höchstens 20 Zeichen.',
      default: 'Die Vorgabe ist kein Wert dieses Feldes.',
    },
  },
};
