// German sentences about settings learned from corrections. They say what was seen on finished images, never
// what will be.
import type { EdgeOffer } from '../../../../../electron/api/corrections/corrections.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, duration, percent } from '../../plural.ts';

const images = (n: number) => counted(n, 'fertiges Bild', 'fertige Bilder');
const open = (n: number) => counted(n, 'offenen Bild', 'offenen Bildern');
const missingImages = (n: number) =>
  `Noch ${counted(n, 'Bild', 'Bilder')} fertigstellen, um Einstellungen zu vergleichen.`;
const px = ({ pixels }: EdgeOffer) => `${count(Math.abs(pixels))} px`;
const drawn = ({ kind }: EdgeOffer) => (kind === 'thing' ? 'Dinge' : 'Flächiges');
const ands = new Intl.ListFormat('de');

export const corrections: Catalogue['tune']['corrections'] = {
  title: 'Aus Korrekturen lernen',
  intro:
    'Probiert Maskeneinstellungen an den gespeicherten Karten fertiger Bilder. Das Modell läuft nicht, und nichts ändert sich ungefragt.',
  compare: 'Einstellungen vergleichen',
  again: 'Neu vergleichen',
  harder: 'Gründlicher suchen',
  harderHint: 'Verlangt weniger von jeder Änderung. Was sich findet, ist weniger sicher.',
  stop: 'Stopp',
  starting: 'Startet',
  background: 'Einstellungen werden im Hintergrund verglichen.',
  few: missingImages,
  none: 'Einstellungen wurden noch nicht verglichen.',
  offer: 'Die Korrekturen legen andere Einstellungen nahe.',
  evidence: ({ images, up, down, alike, now, then }) =>
    `Auf den ${count(images)} fertigen Bildern passen sie in ${count(up)} besser, in ${count(down)} schlechter, in ${count(alike)} gleich (mittlere Überlappung ${count(Math.round(100 * now))} → ${percent(then)}, jedes Bild beurteilt mit Einstellungen, die ohne es gewählt wurden). Andere Bilder gewinnen vielleicht weniger oder nichts.`,
  open: ({ changed, images, looked }) =>
    looked < images
      ? `${count(changed)} von ${count(looked)} angesehenen offenen Bildern würden sich ändern.`
      : `${count(changed)} von ${open(images)} würden sich ändern.`,
  mustRun: (n, of) =>
    `${count(n)} von ${open(of)} müssen neu ausgeführt werden, um sich zu ändern.`,
  edges: (found) =>
    found.pixels > 0
      ? `${drawn(found)}: etwa ${px(found)} weiter gezogen als vorgeschlagen`
      : `${drawn(found)}: etwa ${px(found)} enger gezogen als vorgeschlagen`,
  edgeMasks: ({ up, masks }) =>
    `(${count(up)} von ${counted(masks, 'korrigierten Maske', 'korrigierten Masken')}).`,
  edgesUse: (found) =>
    found.pixels > 0
      ? `Vorschläge um ${px(found)} erweitern`
      : `Vorschläge um ${px(found)} schrumpfen`,
  show: 'Vergleichen',
  hide: 'Ausblenden',
  use: 'Verwenden',
  notNow: 'Jetzt nicht',
  back: 'Zurück zu den Einstellungen davor',
  inUse: 'In Gebrauch',
  verdicts: {
    few: ({ missing }) => missingImages(missing),
    untouched: () => 'Jede Maske wurde angenommen, wie sie war. Nichts zu lernen.',
    doubtFirst: ({ missing }) =>
      `Die unsicheren Bilder kamen zuerst dran. Vor dem Vergleich noch ${count(missing)} der anderen fertigstellen.`,
    easyFirst: ({ missing }) =>
      `Die klaren Bilder kamen zuerst dran. Vor dem Vergleich noch ${count(missing)} der unsicheren fertigstellen.`,
    wrongMaps: () =>
      'Die Karten zeigen diese Klassen nicht gut genug, als dass Einstellungen hülfen. Abstimmen (Schicht und Kopf), einen anderen Prompt oder ein anderes Paket versuchen.',
    stay: ({ tried }) =>
      `Die Einstellungen in Gebrauch passen so gut zu den Korrekturen wie jede versuchte (${count(tried)}).`,
    unclear: ({ up, down }) =>
      `Andere Einstellungen sehen auf den Bildern etwas besser aus (${count(up)} besser, ${count(down)} schlechter), aber nicht deutlich. Mehr fertige Bilder zeigen es.`,
  },
  prepare: ({ images, ms }) =>
    ms > 0
      ? `Modell auf ${counted(images, 'fertigen Bild', 'fertigen Bildern')} neu ausführen, etwa ${duration(ms)}`
      : `Modell auf ${counted(images, 'fertigen Bild', 'fertigen Bildern')} neu ausführen`,
  weak: (names) =>
    `Die Karten zeigen ${ands.format(names)} nicht gut genug, als dass Einstellungen hülfen. Einen anderen Prompt oder andere Wörter versuchen.`,
  since: ({ up, down }) => `Seitdem: ${count(up)} besser, ${count(down)} schlechter.`,
  worse: 'Seitdem fertige Bilder passen schlechter zu diesen Einstellungen als zu denen davor.',
  details: 'Einzelheiten',
  knob: 'Einstellung',
  now: 'Jetzt',
  suggested: 'Empfohlen',
  knobs: {
    things: 'Schwelle von Dingen',
    stuff: 'Schwelle von Flächigem',
    rule: 'Regel der Schwelle',
    colour: 'Farbspanne der Kanten',
    reach: 'Reichweite der Kanten, px',
    blur: 'Glättung',
    temperature: 'Temperatur',
    passes: 'Gewichte der Durchgänge',
  },
  values: {
    constant: 'Hintergrund gleicher Höhe',
    grey: 'darunter abschneiden',
    binary: 'alles oder nichts',
    now: 'wie sie sind',
    all: 'alle gleich',
    first: 'nur erster Durchgang',
  },
  gain: 'Mittlere Änderung, zurückgehalten',
  spread: 'Ihr Fehler',
  agree: 'Übereinstimmende Wahlen',
  tried: 'Versuchte Einstellungen',
  points: (value) => `${value < 0 ? '−' : '+'}${percent(Math.abs(value), 1)}`,
  error: (value) => `± ${percent(value, 1)}`,
  leftOut: {
    noRun: (n) => `${images(n)} ohne Lauf des Modells.`,
    noMaps: (n) => `${images(n)} ohne Karten, sie sind nicht mehr da.`,
    otherModel: (n) => `${images(n)}: mit anderem Modell oder Verfahren ausgeführt.`,
    otherRun: (n) => `${images(n)}: mit anderen Wörtern, Durchgängen oder Schichten ausgeführt.`,
    otherFile: (n) => `${images(n)}: Die Datei ist jetzt eine andere oder nicht lesbar.`,
    nothing: (n) => `${images(n)}: keine angenommene Maske einer gefragten Klasse.`,
    copies: (n) => `${images(n)}: gleich einem anderen.`,
    older: (n) => `${images(n)}: die neuesten entscheiden.`,
  },
  pairs: 'Vorher und nachher, die größten Änderungen zuerst',
  pair: (name) => `${name}: Vorschläge jetzt und mit den empfohlenen Einstellungen`,
  before: 'Jetzt',
  after: 'Empfohlen',
  more: 'Mehr zeigen',
  noPairs: 'Kein offenes Bild würde sich ändern.',
  drawing: 'Masken entstehen.',
  usedToast: ({ changed, vanished }) =>
    `${counted(changed + vanished, 'Vorschlag', 'Vorschläge')} geändert. Angenommene Masken bleiben.`,
};
