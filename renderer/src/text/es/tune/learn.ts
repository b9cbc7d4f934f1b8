// Spanish sentences about learning from accepted masks.
import type { LearnFigures } from '../../../../../electron/api/tuning.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, percent } from '../../plural.ts';

const evidence = ({ images, up, down, alike, now, then }: LearnFigures) =>
  `En las ${count(images)} imágenes que terminó, las máscaras encajan mejor en ${count(up)}, peor en ${count(down)}, igual en ${count(alike)} (solapamiento medio ${count(Math.round(100 * now))} → ${percent(then)}, cada imagen juzgada con una mezcla elegida sin ella).`;

export const learn: Catalogue['tune']['learn'] = {
  title: 'Adaptar Similitud a sus imágenes',
  intro:
    'Mueve lo que Similitud busca en cada clase desde sus palabras hacia el aspecto de sus máscaras aceptadas. Sin entrenamiento; sus máscaras se quedan.',
  inUse: 'En uso',
  measure: 'Medirlo',
  again: 'Medir de nuevo',
  stop: 'Detener',
  starting: 'Iniciando',
  noClip: 'Necesita un modelo CLIP. Obtenga uno en Modelos.',
  few: (n) =>
    `Termine ${counted(n, 'imagen más', 'imágenes más')} con máscaras aceptadas para medirlo.`,
  verdicts: {
    offer: (found) => `${evidence(found)} Otras imágenes pueden ganar menos o nada.`,
    few: () => 'Muy pocas imágenes terminadas para saberlo.',
    wrongMaps: () =>
      'Los mapas de Similitud no muestran estas clases lo bastante bien para que ayude. Pruebe otro método, otras palabras u otro modelo.',
    stay: (found) =>
      `Las palabras solas encajan con sus máscaras tan bien como cualquier mezcla probada, en ${counted(found.images, 'imagen', 'imágenes')}.`,
    unclear: (found) =>
      `${evidence(found)} No está lo bastante claro. Más imágenes terminadas lo dirán.`,
  },
  now: 'Solo palabras',
  then: 'Con aspecto',
  better: 'Mejor, peor, igual',
  counts: ({ up, down, alike }) => `${count(up)}, ${count(down)}, ${count(alike)}`,
  mix: 'Parte del aspecto',
  classes: 'Clases con aspecto',
  model: 'Modelo',
  use: 'Usar en este proyecto',
  leave: 'Volver a solo palabras',
  usedToast:
    'Similitud usa el aspecto de sus máscaras. Las propuestas se quedan hasta que ejecute otra vez.',
  leftToast: 'Similitud vuelve a usar solo palabras.',
  undone: 'Los ajustes de antes vuelven a estar en uso.',
};
