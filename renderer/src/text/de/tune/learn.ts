// German sentences about learning from accepted masks.
import type { LearnFigures } from '../../../../../electron/api/tuning.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted } from '../../plural.ts';

const whole = (share: number) => Math.round(100 * share);
const evidence = ({ images, up, down, alike, now, then }: LearnFigures) =>
  `Auf den ${count(images)} fertigen Bildern passen Masken in ${count(up)} besser, in ${count(down)} schlechter, in ${count(alike)} gleich (mittlere Überlappung ${whole(now)} -> ${whole(then)}\u202f%, jedes Bild beurteilt mit einer Mischung, die ohne es gewählt wurde).`;

export const learn: Catalogue['tune']['learn'] = {
  title: 'Ähnlichkeit an die eigenen Bilder anpassen',
  intro:
    'Rückt das, wonach Ähnlichkeit in jeder Klasse sucht, von ihren Wörtern zum Aussehen der angenommenen Masken. Kein Training; die Masken bleiben.',
  inUse: 'In Gebrauch',
  measure: 'Messen',
  again: 'Neu messen',
  stop: 'Stopp',
  starting: 'Startet',
  noClip: 'Braucht ein CLIP-Modell. Unter Modelle gibt es eins.',
  few: (n) =>
    `Noch ${counted(n, 'Bild', 'Bilder')} mit angenommenen Masken fertigstellen, um es zu messen.`,
  verdicts: {
    offer: (found) => `${evidence(found)} Andere Bilder gewinnen vielleicht weniger oder nichts.`,
    few: () => 'Zu wenige fertige Bilder für ein Urteil.',
    wrongMaps: () =>
      'Die Karten von Ähnlichkeit zeigen diese Klassen nicht gut genug, als dass dies hülfe. Ein anderes Verfahren, andere Wörter oder ein anderes Modell versuchen.',
    stay: (found) =>
      `Wörter allein passen so gut zu den Masken wie jede versuchte Mischung, auf ${counted(found.images, 'Bild', 'Bildern')}.`,
    unclear: (found) =>
      `${evidence(found)} Das ist nicht deutlich genug. Mehr fertige Bilder zeigen es.`,
  },
  now: 'Nur Wörter',
  then: 'Mit Aussehen',
  better: 'Besser, schlechter, gleich',
  counts: ({ up, down, alike }) => `${count(up)}, ${count(down)}, ${count(alike)}`,
  mix: 'Anteil des Aussehens',
  classes: 'Klassen mit Aussehen',
  model: 'Modell',
  use: 'In diesem Projekt verwenden',
  leave: 'Zurück zu nur Wörtern',
  usedToast:
    'Ähnlichkeit nutzt das Aussehen der Masken. Vorschläge bleiben, bis neu ausgeführt wird.',
  leftToast: 'Ähnlichkeit nutzt wieder nur Wörter.',
  undone: 'Die Einstellungen von vorher sind wieder in Gebrauch.',
};
