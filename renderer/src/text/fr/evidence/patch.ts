// French sentences of the patch that was clicked.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const patch: Catalogue['evidence']['patch'] = {
  title: 'Tuile cliquée',
  at: (row, column, rows, columns) => `${row}, ${column} de ${rows} × ${columns}`,
  none: 'Cliquez une tuile pour voir ce qu’elle passe pour être. Au clavier : flèches, puis Entrée.',
  busy: 'Examen',
  cannot: 'Ce moteur ne peut pas le dire.',
  cosine: (value) => `Similarité ${value}`,
  shares: (n) => `Parts des ${count(n)} mots, mots du fond compris.`,
  under: (share) => `Toutes sous ${share} : fond.`,
  near: 'Avec la proximité',
  alone: 'Sans,',
  aloneNote: 'clés seules',
  listens: (window, all) =>
    all === 1
      ? 'Ce que cette tuile écoute dans le dernier bloc.'
      : `Ce que cette tuile écoute dans le dernier bloc, dans la fenêtre ${window} sur ${all}.`,
  took: (time) => `Lu en ${time}`,
};
