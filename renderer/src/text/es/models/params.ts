// Spanish words for parameters of the engines and their values.
import type { Catalogue } from '../../languages/catalogue.ts';

export const params: Catalogue['models']['engines']['params'] = {
  'car.confidence': 'Descartar por debajo de',
  'car.mapThreshold': 'Umbral del mapa',
  'car.maskThreshold': 'Umbral de la máscara de la indicación',
  'car.blur': 'Imagen de la indicación: borrosa',
  'car.gray': 'Imagen de la indicación: gris',
  'car.black': 'Imagen de la indicación: negra',
  'car.circle': 'Imagen de la indicación: círculo',
  'naclip.strategy': 'El último bloque lee',
  'naclip.nearness': 'Cercanía, en parches',
  'naclip.shortSide': 'Lado corto, en píxeles',
  'naclip.windows': 'Ventanas',
  'masks.contrast': 'Contraste de palabras',
  'masks.smallestShare': 'Parte mínima',
  'masks.backgroundFactor': 'Peso del fondo',
};

export const values: Catalogue['models']['engines']['values'] = {
  naclip: 'Claves cercanas (naclip)',
  nonly: 'Solo cercanía (nonly)',
  kk: 'Claves (kk)',
  csa: 'Consultas y claves (csa)',
  vanilla: 'Como se entrenó (vanilla)',
  auto: 'Automático',
  on: 'Sí',
  off: 'No',
};
