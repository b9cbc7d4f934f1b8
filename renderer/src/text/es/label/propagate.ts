// Spanish sentences of the card that proposes a selection on other images.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, listed } from '../../plural.ts';

const images = (n: number) => counted(n, 'imagen', 'imágenes');

export const propagate: Catalogue['propagate'] = {
  title: (objects) =>
    objects === 1
      ? 'Proponer en otras imágenes'
      : `Proponer ${count(objects)} máscaras en otras imágenes`,
  where: 'En qué imágenes',
  next: 'Imágenes siguientes',
  alike: 'Parecidas',
  picked: (n) => `Elegidas, ${count(n)}`,
  most: 'Cuántas imágenes',
  counting: 'Buscando imágenes',
  found: (n) =>
    `En ${images(n)}, sin decidir, donde la saliencia coincide. Deshacer lo retira todo.`,
  none: {
    next: 'Ninguna imagen sin revisar viene después de esta.',
    alike: 'El modelo no vio nada parecido en ninguna otra imagen.',
    picked: 'Todas las imágenes elegidas están revisadas o son esta.',
  },
  unknownLook:
    'Aún no se conoce su aspecto: ejecute primero el modelo en esta imagen, o tome las siguientes.',
  running: (done, n) => `${count(done)} de ${images(n)}. Aún no se ha escrito nada.`,
  go: (n) => (n === 0 ? 'Proponer' : `Proponer en ${images(n)}`),
  done: ({ bySalience, asDrawn, leftOut: { there, absent, unread } }) => {
    const facts = [
      bySalience > 0 ? `${count(bySalience)} donde la saliencia coincide` : '',
      asDrawn > 0
        ? `${count(asDrawn)} en el mismo lugar, ${asDrawn === 1 ? 'dudosa' : 'dudosas'}: sin saliencia que comparar`
        : '',
      there > 0 ? `${counted(there, 'omitida', 'omitidas')}: ya estaba ahí` : '',
      absent > 0 ? `${counted(absent, 'omitida', 'omitidas')}: el modelo no vio nada` : '',
      unread > 0 ? `${images(unread)} sin poder leerse` : '',
    ].filter((fact) => fact !== '');
    return facts.length === 0
      ? 'No se propuso nada.'
      : `${counted(bySalience + asDrawn, 'máscara propuesta', 'máscaras propuestas')}: ${listed(facts)}.`;
  },
};
