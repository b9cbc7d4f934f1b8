// French sentences about learning from accepted masks.
import type { LearnFigures } from '../../../../../electron/api/tuning.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, percent } from '../../plural.ts';

const evidence = ({ images, up, down, alike, now, then }: LearnFigures) =>
  `Sur les ${count(images)} images que vous avez finies, les masques vont mieux dans ${count(up)}, moins bien dans ${count(down)}, de même dans ${count(alike)} (recouvrement moyen ${count(Math.round(100 * now))} → ${percent(then)}, chaque image jugée par un mélange choisi sans elle).`;

export const learn: Catalogue['tune']['learn'] = {
  title: 'Adapter Similarité à vos images',
  intro:
    'Rapproche ce que Similarité cherche pour chaque classe, de ses mots vers l’aspect de vos masques acceptés. Pas d’entraînement ; vos masques restent.',
  inUse: 'Utilisé',
  measure: 'Le mesurer',
  again: 'Mesurer à nouveau',
  stop: 'Arrêter',
  starting: 'Démarrage',
  noClip: 'Demande un modèle CLIP. Prenez-en un dans Modèles.',
  few: (n) =>
    `Finissez encore ${counted(n, 'image', 'images')} avec des masques acceptés pour le mesurer.`,
  verdicts: {
    offer: (found) => `${evidence(found)} D’autres images peuvent y gagner moins, ou rien.`,
    few: () => 'Trop peu d’images finies pour le dire.',
    wrongMaps: () =>
      'Les cartes de Similarité ne montrent pas assez bien ces classes pour que cela aide. Essayez un autre moteur, d’autres mots ou un autre modèle.',
    stay: (found) =>
      `Les mots seuls vont aussi bien à vos masques que tout mélange essayé, sur ${counted(found.images, 'image', 'images')}.`,
    unclear: (found) =>
      `${evidence(found)} Ce n’est pas assez net. D’autres images finies le diront.`,
  },
  now: 'Mots seuls',
  then: 'Avec l’aspect',
  better: 'Mieux, moins bien, de même',
  counts: ({ up, down, alike }) => `${count(up)}, ${count(down)}, ${count(alike)}`,
  mix: 'Part de l’aspect',
  classes: 'Classes avec aspect',
  model: 'Modèle',
  use: 'Utiliser dans ce projet',
  leave: 'Revenir aux mots seuls',
  usedToast:
    'Similarité utilise l’aspect de vos masques. Les propositions restent jusqu’au prochain lancement.',
  leftToast: 'Similarité utilise à nouveau les mots seuls.',
  undone: 'Les réglages d’avant sont à nouveau utilisés.',
};
