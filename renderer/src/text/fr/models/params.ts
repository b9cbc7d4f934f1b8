// French words for parameters of the engines and their values.
import type { Catalogue } from '../../languages/catalogue.ts';

export const params: Catalogue['models']['engines']['params'] = {
  'car.confidence': 'Écarter sous',
  'car.mapThreshold': 'Seuil de la carte',
  'car.maskThreshold': 'Seuil du masque pour le juge',
  'car.blur': 'Image pour le juge : floue',
  'car.gray': 'Image pour le juge : grise',
  'car.black': 'Image pour le juge : noire',
  'car.circle': 'Image pour le juge : cercle',
  'naclip.strategy': 'Le dernier bloc lit',
  'naclip.nearness': 'Proximité, en tuiles',
  'naclip.shortSide': 'Petit côté, en pixels',
  'naclip.windows': 'Fenêtres',
  'masks.contrast': 'Contraste des mots',
  'masks.smallestShare': 'Plus petite part',
  'masks.backgroundFactor': 'Poids du fond',
};

export const values: Catalogue['models']['engines']['values'] = {
  naclip: 'Clés proches (naclip)',
  nonly: 'Proximité seule (nonly)',
  kk: 'Clés (kk)',
  csa: 'Requêtes et clés (csa)',
  vanilla: 'Comme appris (vanilla)',
  auto: 'Automatique',
  on: 'Oui',
  off: 'Non',
};
