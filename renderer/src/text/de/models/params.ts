// German words for parameters of the engines and their values.
import type { Catalogue } from '../../languages/catalogue.ts';

export const params: Catalogue['models']['engines']['params'] = {
  'car.confidence': 'Verwerfen unter',
  'car.mapThreshold': 'Schwelle der Karte',
  'car.maskThreshold': 'Schwelle der Vorlage',
  'car.blur': 'Vorgelegtes Bild: weich',
  'car.gray': 'Vorgelegtes Bild: grau',
  'car.black': 'Vorgelegtes Bild: schwarz',
  'car.circle': 'Vorgelegtes Bild: Kreis',
  'naclip.strategy': 'Der letzte Block liest',
  'naclip.nearness': 'Nähe, in Patches',
  'naclip.shortSide': 'Kurze Seite, in Pixeln',
  'naclip.windows': 'Fenster',
  'masks.contrast': 'Kontrast der Wörter',
  'masks.smallestShare': 'Kleinster Anteil',
  'masks.backgroundFactor': 'Gewicht des Hintergrunds',
};

export const values: Catalogue['models']['engines']['values'] = {
  naclip: 'Nahe Schlüssel (naclip)',
  nonly: 'Nur Nähe (nonly)',
  kk: 'Schlüssel (kk)',
  csa: 'Fragen und Schlüssel (csa)',
  vanilla: 'Wie gelernt (vanilla)',
  auto: 'Von selbst',
  on: 'Ein',
  off: 'Aus',
};
