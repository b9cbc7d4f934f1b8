// German sentences of cleaning up masks.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, fixed, percent } from '../../plural.ts';

const masks = (n: number) => counted(n, 'Maske', 'Masken');
const px = (value: number) => `${count(value)} px`;

export const clean: Catalogue['clean'] = {
  title: 'Bereinigen',
  titleOf: (name) => `${name} bereinigen`,
  close: 'Bereinigen schließen',
  scope: 'Welche Masken',
  scopes: {
    selection: (n) => `Auswahl, ${count(n)}`,
    image: (n) => `Dieses Bild, ${count(n)}`,
    class: 'Alle Bilder',
  },
  working: 'rechnet',
  stop: 'Stopp',
  grid: 'Masken, die sich ändern',
  gridHead: (changed, all, images) =>
    `${count(changed)} von ${masks(all)} in ${counted(images, 'Bild', 'Bildern')} ändern sich.`,
  mostShown: (n) => ` Die ${count(n)} größten Änderungen werden gezeigt.`,
  order: 'Reihenfolge',
  orders: { change: 'Größte Änderung', name: 'Bildname', class: 'Klasse' },
  tile: (name, added, removed) =>
    `${name}, −${px(removed)}, +${px(added)}; drücken, um sie zu lassen, wie sie ist`,
  otherTile: (category, image) => `${category}, ${image}`,
  leaveIt: 'Drücken, um diese zu lassen, wie sie ist. Q gehalten: das Foto.',
  left: 'bleibt, wie sie ist',
  legend: 'Farben',
  takenAway: 'weggenommen',
  added: 'hinzugefügt',
  islands: 'Inseln entfernen unter',
  islandsDid: (n, of) => `${counted(n, 'Insel', 'Inseln')} in ${masks(of)}`,
  holes: 'Löcher füllen unter',
  holesDid: (n, of) => `${counted(n, 'Loch', 'Löcher')} in ${masks(of)}`,
  smooth: 'Glätten',
  smoothHint: 'Zacken und Kerben, schmaler als das Doppelte, verschwinden',
  grow: 'Erweitern, schrumpfen',
  growHint: '0 lässt die Größe',
  simplify: 'Vereinfachen',
  simplifyHint: 'weniger Ecken zählen in Polygonformaten',
  simplifyDid: (before, after, error) =>
    `${count(before)} → ${count(after)} Ecken, höchstens ${fixed(error, 1)} px daneben`,
  overlap: 'Überlappung mit anderen Masken',
  overlaps: { keep: 'Lassen', order: 'Reihenfolge', salience: 'Salienz' },
  overlapHint: 'gemeinsame Pixel bleiben bei beiden',
  overlapsFound: (n) =>
    n === 0 ? 'keine Überlappung' : counted(n, 'Überlappung', 'Überlappungen'),
  overlapsHeld: (n) => `${count(n)} bleiben: die andere Maske ist gesperrt oder angenommen`,
  overlapsUnsalient: (n) =>
    `${count(n)} bleiben: Salienz beider Klassen ist nicht gespeichert. Das Bild mit beiden ausführen.`,
  off: 'aus',
  /** What a screen reader hears of a slider. */
  spoken: (value) => (value === 0 ? 'aus' : `${value} Pixel`),
  changes: 'Masken, die sich ändern',
  changesOf: (n, all) => `${count(n)} von ${count(all)}`,
  others: 'Andere, die Pixel abgeben',
  pixels: 'Pixel',
  pixelsOf: (added, removed) => `−${px(removed)}, +${px(added)}`,
  area: 'Mittlere Fläche',
  areaBy: (share) =>
    share === 0 ? 'wie zuvor' : `${share > 0 ? '+' : '−'}${percent(Math.abs(share), 1)}`,
  acceptedAmong: 'Davon angenommen',
  locked: 'Gesperrt, bleiben unverändert',
  vanish: (n) => counted(n, 'Maske verlöre das letzte Pixel.', 'Masken verlören das letzte Pixel.'),
  keepThem: 'Unverändert lassen',
  deleteThem: 'Löschen',
  accepted: 'Auch angenommene Masken',
  oneStep: 'ein Schritt, widerrufbar',
  clean: (n) => `${masks(n)} bereinigen`,
  reset: 'Zurücksetzen',
  nothing: 'Mit diesen Werten ändert sich nichts.',
  allOff:
    'Einen Regler bewegen oder wählen, wer gemeinsame Pixel behält, um zu sehen, was es täte.',
  noMasks: 'Masken auswählen oder alle einer Klasse auf diesem Bild bereinigen.',
  cleaned: (n, name) => `${masks(n)}${name === null ? '' : ` von ${name}`} bereinigt`,
  undo: 'Rückgängig',
  history: (name, n) => (n === 1 ? `${name} bereinigen` : `${masks(n)} bereinigen`),
};
