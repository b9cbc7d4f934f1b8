// Spanish sentences of the patch that was clicked.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const patch: Catalogue['evidence']['patch'] = {
  title: 'Parche elegido',
  at: (row, column, rows, columns) => `${row}, ${column} de ${rows} × ${columns}`,
  none: 'Haga clic en un parche para ver por qué se toma. Con teclas: flechas, luego Intro.',
  busy: 'Mirando',
  cannot: 'Este método no puede decirlo.',
  cosine: (value) => `Similitud ${value}`,
  shares: (n) => `Partes de las ${count(n)} palabras, incluidas las de fondo.`,
  under: (share) => `Todas por debajo de ${share}: fondo.`,
  near: 'Con cercanía',
  alone: 'Sin ella,',
  aloneNote: 'solo claves',
  listens: (window, all) =>
    all === 1
      ? 'Dónde escucha este parche en el último bloque.'
      : `Dónde escucha este parche en el último bloque, en la ventana ${window} de ${all}.`,
  took: (time) => `Leído en ${time}`,
};
