// German sentences about models that people fetch themselves.
import type { Catalogue } from '../../languages/catalogue.ts';

export const byHand: Catalogue['models']['byHand'] = {
  get: 'So geht es',
  title: (name) => `${name} holen`,
  why: 'Dieses Modell ist ohne Prüfsumme veröffentlicht; daher lädt Salience es nicht von selbst.',
  fetch: (file, size, atLeast) =>
    `1. ${file} (${atLeast ? 'mindestens' : 'etwa'} ${size}) im Browser von dieser Adresse holen:`,
  copy: 'Adresse kopieren',
  copied: 'Adresse kopiert.',
  choose:
    '2. Den Ordner wählen, in dem sie liegt. Die Datei wird gelesen, ohne etwas darin auszuführen, und ihr SHA-256 wird aufbewahrt.',
  licence: (licence) => `Lizenz: ${licence}.`,
  chooseFolder: 'Ordner wählen',
  /** A narrow column holds no more words. */
  orMore: (size) => `≥ ${size}`,
};
