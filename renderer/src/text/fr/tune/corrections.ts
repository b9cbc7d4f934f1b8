// French sentences about settings learned from corrections.
import type { EdgeOffer } from '../../../../../electron/api/corrections/corrections.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, duration, listed, percent } from '../../plural.ts';

const images = (n: number) => counted(n, 'image finie', 'images finies');
const px = ({ pixels }: EdgeOffer) => `${count(Math.abs(pixels))} px`;
const drawn = ({ kind }: EdgeOffer) => (kind === 'thing' ? 'les choses' : 'la matière');

export const corrections: Catalogue['tune']['corrections'] = {
  title: 'Apprendre des corrections',
  intro:
    'Essaie des réglages des masques sur les cartes gardées des images que vous avez finies. Le modèle ne tourne pas, et rien ne change sans votre accord.',
  compare: 'Comparer les réglages',
  again: 'Comparer à nouveau',
  harder: 'Chercher davantage',
  harderHint: 'Demande moins à chaque changement. Ce qui est trouvé est moins certain.',
  stop: 'Arrêter',
  starting: 'Démarrage',
  background: 'Des réglages sont comparés à l’arrière-plan.',
  few: (n) => `Finissez encore ${counted(n, 'image', 'images')} pour comparer des réglages.`,
  none: 'Aucun réglage n’a encore été comparé.',
  offer: 'Vos corrections suggèrent d’autres réglages.',
  evidence: ({ images: n, up, down, alike, now, then }) =>
    `Sur les ${count(n)} images que vous avez finies, ils vont mieux dans ${count(up)}, moins bien dans ${count(down)}, de même dans ${count(alike)} (recouvrement moyen ${count(Math.round(100 * now))} → ${percent(then)}, chaque image jugée par des réglages choisis sans elle). D’autres images peuvent y gagner moins, ou rien.`,
  open: ({ changed, images: n, looked }) =>
    looked < n
      ? `${count(changed)} sur ${count(looked)} images ouvertes examinées changeraient.`
      : `${count(changed)} sur ${counted(n, 'image ouverte', 'images ouvertes')} changeraient.`,
  mustRun: (n, of) =>
    `${count(n)} sur ${counted(of, 'image ouverte doit', 'images ouvertes doivent')} être relancées pour changer.`,
  prepare: ({ images: n, ms }) =>
    ms > 0
      ? `Relancer le modèle sur ${images(n)}, environ ${duration(ms)}`
      : `Relancer le modèle sur ${images(n)}`,
  edges: (found) =>
    found.pixels > 0
      ? `Vous tracez ${drawn(found)} environ ${px(found)} plus larges que proposé`
      : `Vous tracez ${drawn(found)} environ ${px(found)} plus étroites que proposé`,
  edgeMasks: ({ up, masks }) =>
    `(${count(up)} sur ${counted(masks, 'masque corrigé', 'masques corrigés')}).`,
  edgesUse: (found) =>
    found.pixels > 0
      ? `Élargir les propositions de ${px(found)}`
      : `Rétrécir les propositions de ${px(found)}`,
  show: 'Comparer',
  hide: 'Cacher',
  use: 'Les utiliser',
  notNow: 'Pas maintenant',
  back: 'Revenir aux réglages d’avant',
  inUse: 'Utilisés',
  verdicts: {
    few: ({ missing }) =>
      `Finissez encore ${counted(missing, 'image', 'images')} pour comparer des réglages.`,
    untouched: () => 'Tous les masques ont été acceptés tels quels. Il n’y a rien à apprendre.',
    doubtFirst: ({ missing }) =>
      `Vous avez fini d’abord les images douteuses. Finissez-en ${count(missing)} des autres avant de comparer.`,
    easyFirst: ({ missing }) =>
      `Vous avez fini d’abord les images claires. Finissez-en ${count(missing)} des douteuses avant de comparer.`,
    wrongMaps: () =>
      'Les cartes ne montrent pas assez bien ces classes pour que des réglages aident. Essayez Ajuster (couche et tête), une autre invite ou un autre paquet.',
    stay: ({ tried }) =>
      `Les réglages utilisés vont aussi bien à vos corrections que tous ceux essayés (${count(tried)}).`,
    unclear: ({ up, down }) =>
      `D’autres réglages semblent un peu meilleurs sur vos images (${count(up)} en hausse, ${count(down)} en baisse), mais pas nettement. D’autres images finies le diront.`,
  },
  weak: (names) =>
    `Les cartes ne montrent pas assez bien ${listed(names)} pour que des réglages aident. Essayez une autre invite ou des synonymes.`,
  since: ({ up, down }) => `Depuis : ${count(up)} en hausse, ${count(down)} en baisse.`,
  worse: 'Les images finies depuis vont moins bien avec ces réglages qu’avec ceux d’avant.',
  details: 'Détails',
  knob: 'Réglage',
  now: 'Maintenant',
  suggested: 'Suggéré',
  knobs: {
    things: 'Seuil des choses',
    stuff: 'Seuil de la matière',
    rule: 'Règle du seuil',
    colour: 'Écart de couleur des contours',
    reach: 'Portée des contours, px',
    blur: 'Flou',
    temperature: 'Température',
    passes: 'Poids des passes',
  },
  values: {
    constant: 'fond d’une seule hauteur',
    grey: 'coupe au-dessous',
    binary: 'tout ou rien',
    now: 'tels quels',
    all: 'tous égaux',
    first: 'première passe seule',
  },
  gain: 'Changement moyen, hors choix',
  spread: 'Son erreur',
  agree: 'Choix qui s’accordent',
  tried: 'Réglages essayés',
  points: (value) => `${value < 0 ? '−' : '+'}${percent(Math.abs(value), 1)}`,
  error: (value) => `± ${percent(value, 1)}`,
  leftOut: {
    noRun: (n) => `${images(n)} sans lancement du modèle.`,
    noMaps: (n) => `${images(n)} dont les cartes ne sont plus gardées.`,
    otherModel: (n) => `${images(n)} : lancées avec un autre modèle ou moteur.`,
    otherRun: (n) => `${images(n)} : lancées avec d’autres mots, passes ou couches.`,
    otherFile: (n) => `${images(n)} : le fichier est désormais un autre, ou illisible.`,
    nothing: (n) => `${images(n)} : aucun masque accepté d’une classe demandée.`,
    copies: (n) => `${images(n)} : pareilles à une autre.`,
    older: (n) => `${images(n)} : les plus récentes décident.`,
  },
  pairs: 'Avant et après, les plus changées d’abord',
  pair: (name) => `${name} : propositions actuelles, et avec les réglages suggérés`,
  before: 'Maintenant',
  after: 'Suggéré',
  more: 'En voir plus',
  noPairs: 'Aucune image ouverte ne changerait.',
  drawing: 'Les masques sont en cours.',
  usedToast: ({ changed, vanished }) =>
    `${counted(changed + vanished, 'proposition changée', 'propositions changées')}. Les masques acceptés restent.`,
};
