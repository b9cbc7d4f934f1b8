// German sentences of the patch that was clicked.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const patch: Catalogue['evidence']['patch'] = {
  title: 'Angeklickter Patch',
  at: (row, column, rows, columns) => `${row}, ${column} von ${rows} × ${columns}`,
  none: 'Einen Patch anklicken, um zu sehen, wofür er gehalten wird. Mit Tasten: Pfeile, dann Enter.',
  busy: 'Sieht nach',
  cannot: 'Dieses Verfahren kann es nicht sagen.',
  cosine: (value) => `Ähnlichkeit ${value}`,
  shares: (n) => `Anteile aller ${count(n)} Wörter, Hintergrundwörter eingeschlossen.`,
  under: (share) => `Alle unter ${share}: Hintergrund.`,
  near: 'Mit Nähe',
  alone: 'Ohne,',
  aloneNote: 'nur Schlüssel',
  listens: (window, all) =>
    all === 1
      ? 'Worauf dieser Patch im letzten Block hört.'
      : `Worauf dieser Patch im letzten Block hört, in Fenster ${window} von ${all}.`,
  took: (time) => `Gelesen in ${time}`,
};
