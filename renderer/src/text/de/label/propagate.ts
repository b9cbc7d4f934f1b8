// German sentences of the card that proposes a selection on other images.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, listed } from '../../plural.ts';

const ofImages = (n: number) => counted(n, 'Bild', 'Bildern');

export const propagate: Catalogue['propagate'] = {
  title: (objects) =>
    objects === 1
      ? 'Auf anderen Bildern vorschlagen'
      : `${count(objects)} Masken auf anderen Bildern vorschlagen`,
  where: 'Welche Bilder',
  next: 'Nächste Bilder',
  alike: 'Ähnliche',
  picked: (n) => `Gewählte, ${count(n)}`,
  most: 'Wie viele Bilder',
  counting: 'Bilder werden gesucht',
  found: (n) =>
    `Auf ${ofImages(n)}, unentschieden, wo die Salienz passt. Rückgängig nimmt alles zurück.`,
  none: {
    next: 'Nach diesem kommt kein ungeprüftes Bild.',
    alike: 'Auf keinem anderen Bild sah das Modell etwas, das so aussieht.',
    picked: 'Alle gewählten Bilder sind geprüft oder dieses hier.',
  },
  unknownLook:
    'Wie es aussieht, ist noch nicht bekannt: zuerst das Modell auf diesem Bild ausführen oder die nächsten Bilder nehmen.',
  running: (done, n) => `${count(done)} von ${ofImages(n)}. Noch ist nichts geschrieben.`,
  go: (n) => (n === 0 ? 'Vorschlagen' : `Auf ${ofImages(n)} vorschlagen`),
  done: ({ bySalience, asDrawn, leftOut: { there, absent, unread } }) => {
    const facts = [
      bySalience > 0 ? `${count(bySalience)} wo die Salienz passt` : '',
      asDrawn > 0 ? `${count(asDrawn)} an derselben Stelle, unsicher: keine passende Salienz` : '',
      there > 0 ? `${count(there)} ausgelassen: schon da` : '',
      absent > 0 ? `${count(absent)} ausgelassen: das Modell sah nichts` : '',
      unread > 0 ? `${counted(unread, 'Bild war', 'Bilder waren')} nicht lesbar` : '',
    ].filter((fact) => fact !== '');
    return facts.length === 0
      ? 'Nichts wurde vorgeschlagen.'
      : `${counted(bySalience + asDrawn, 'Maske', 'Masken')} vorgeschlagen: ${listed(facts)}.`;
  },
};
