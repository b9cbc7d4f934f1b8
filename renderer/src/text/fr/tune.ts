// French sentences of the Tune screen.
import type { Catalogue } from '../languages/catalogue.ts';
import { count, counted, fixed, percent } from '../plural.ts';
import { corrections } from './tune/corrections.ts';
import { learn } from './tune/learn.ts';

const number = (value: number) => fixed(value, 2);

export const tune: Catalogue['tune'] = {
  learn,
  corrections,
  title: 'Ajuster sans masques',
  intro:
    'Essaie des réglages sur quelques images et garde ceux dont les masques vont le mieux avec les noms de classes.',
  needs: (needed, have) =>
    `Il faut ${count(needed)} images avec des noms de classes. Vous en avez ${count(have)}.`,
  needsHint: 'Une image a des noms de classes dès que quelque chose y est accepté ou proposé.',
  chooseImages: 'Choisir des images',
  loading: 'Examen du projet',
  images: 'Images',
  imageChoice: (n, all) =>
    all ? `Les ${count(n)} avec noms de classes` : `${count(n)} avec noms de classes`,
  judge: 'Juge',
  judgePack: 'Correspondance du paquet',
  judgeNone: 'CLIP n’est pas installé',
  judgeNote:
    'La correspondance du paquet lui-même juge moins bien que CLIP : elle partage les erreurs du modèle qui a tracé les masques. Elle distingue bien couches et têtes, mal seuils et flou.',
  judgeMaps: 'Le modèle qui fait les cartes',
  judgeMapsNote:
    'Le modèle qui fait les cartes regarde lui-même ses masques : il partage ses propres erreurs. Un deuxième CLIP juge mieux.',
  getClip: 'Obtenir CLIP',
  search: 'Recherche',
  strategies: { random: 'Au hasard', annealing: 'Recuit', exhaustive: 'Tout' },
  vary: 'Ce qui peut changer',
  axes: {
    layer: 'Couche',
    head: 'Tête',
    threshold: 'Seuil',
    blur: 'Flou',
    passes: 'Passes',
    drop: 'Tuiles par retrait',
  },
  ranges: {
    layer: (n) => `1 à ${count(n)}`,
    head: (n) => `1 à ${count(n)}, moyenne`,
    get threshold() {
      return `${number(0.05)} à ${number(0.5)}`;
    },
    get blur() {
      return `0 à ${number(0.1)}`;
    },
    passes: '1 à 6',
    get drop() {
      return `${percent(0.01)} à ${percent(0.08)}`;
    },
  },
  on: 'oui',
  off: 'non',
  fromTo: (low, high) => `${low} à ${high}`,
  tries: 'Essais par groupe de couches',
  triesAll: 'Essais',
  seed: 'Graine',
  start: 'Lancer la recherche',
  again: 'Chercher à nouveau',
  pause: 'Pause',
  resume: 'Continuer',
  stop: 'Arrêter',
  of: (done, total) => `${count(done)} sur ${count(total)}`,
  left: (time) => `reste ${time}`,
  paused: 'En pause',
  keptNote: (pairs) =>
    `Une passe arrière note les ${count(pairs)} paires de couche et de tête. Les résultats sont gardés par image : une recherche arrêtée reprend où elle en était.`,
  keptParameters:
    'Les réglages qui ne changent que la façon de tirer les masques des cartes partagent un lancement du modèle. Les résultats sont gardés par image : une recherche arrêtée reprend où elle en était.',
  means: 'Récompense moyenne par valeur',
  meansNote: 'sur tous les essais avec elle',
  meanOf: (label, value, reward) => `${label} ${value} : récompense ${reward}`,
  notTried: (label, value) => `${label} ${value} : pas essayé`,
  chart: 'Récompense de chaque essai',
  chartEmpty: 'Une marque apparaît ici à chaque essai.',
  bestLine: 'meilleur à ce jour',
  miouScale: (top) => `mIoU, de 0 à ${top}`,
  asChart: 'Graphique',
  asTable: 'Tableau',
  show: 'Afficher en',
  group: (from, to) => (from === to ? `Couche ${from}` : `Couches ${from} à ${to}`),
  passesGroup: 'Plus de passes',
  mark: (n, reward) => `${reward}, essai ${n}`,
  grid: 'Couche par tête',
  gridNote: 'récompense moyenne',
  mean: 'moyenne',
  cell: (layer, head, reward) => `Couche ${layer}, tête ${head} : récompense ${reward}`,
  cellNone: (layer, head) => `Couche ${layer}, tête ${head} : pas essayé`,
  best: 'Meilleur',
  worst: 'Pire',
  chosen: 'Choisi',
  tryNumber: (n) => (n === 1 ? 'Utilisé maintenant' : `Essai ${n}`),
  masksOf: (name, n) => `${name}, masques de l’essai ${n}`,
  masksLater: 'Les masques sont tracés quand la recherche est finie ou en pause.',
  showMasks: 'Voir les masques',
  drawing: 'Tracé des masques',
  rankTitle: 'La récompense prédit-elle la vraie qualité ?',
  rank: (n) =>
    `${counted(n, 'de ces images a', 'de ces images ont')} des masques acceptés. La recherche ne les voit pas. 1 veut dire que mIoU et récompense classent les essais de même.`,
  rankWords: 'corrélation des rangs',
  showMiou: 'Voir mIoU',
  bestSoFar: 'Meilleur à ce jour',
  bestTitle: 'Meilleur réglage',
  inUse: (reward) => `Utilisé maintenant : ${reward}`,
  layerHead: 'Couche, tête',
  threshold: 'Seuil',
  blur: 'Flou',
  passes: 'Passes',
  drop: 'Tuiles par retrait',
  tokenContrast: 'Contraste des mots',
  published: 'Mieux que le vide',
  miou: 'mIoU',
  apply: 'Utiliser dans ce projet',
  applied: 'Utilisé dans ce projet',
  appliedToast: (what) => `${what} est utilisé. Les nouvelles propositions se font avec.`,
  undone: 'Le réglage d’avant est à nouveau utilisé.',
  applyNote:
    'Les masques acceptés restent. Les propositions ne sont refaites que si vous le demandez.',
  nothingBetter: 'Le réglage utilisé est le meilleur de tous les essais.',
  cheaper: (done, plain) =>
    `${counted(done, 'image encodée', 'images encodées')} au lieu de ${count(plain)}`,
  tuning: (engine, pack) => `Ajustement de ${engine} avec ${pack}`,
  triesOf: (done, total) => `${count(done)} sur ${count(total)} essais`,
  engines: {
    title: 'Moteurs sur vos masques acceptés',
    none: 'Acceptez des masques dans quelques images et marquez-les comme relues : chaque modèle peut alors être mesuré sur elles ici.',
    intro: (n) =>
      `${counted(n, 'image relue a', 'images relues ont')} des masques acceptés. Aucune recherche ne les a vus. Rien ne change dans le projet.`,
    images: 'Images',
    imageChoice: (n, all) => (all ? `Les ${count(n)}` : counted(n, 'image', 'images')),
    classes: 'Demander à chaque image',
    own: 'ses propres classes',
    all: 'toutes les classes du projet',
    measure: 'Mesurer',
    again: 'Mesurer à nouveau',
    stop: 'Arrêter',
    starting: 'Démarrage',
    order: 'Ordre',
    byIou: 'Par mIoU',
    bySeconds: 'Par temps',
    columns: {
      pack: 'Modèle',
      engine: 'Moteur',
      settings: 'Réglages',
      miou: 'mIoU, %',
      objects: 'Objets, %',
      seconds: 'Une image',
    },
    settings: {
      project: 'de ce projet',
      pack: 'du modèle',
      reference: 'comme publiés',
      layers: (names) => `de ce projet, couche ${names}`,
    },
    eachLayer: 'Aussi chaque couche du modèle utilisé',
    layersNote:
      'Les couches sont lues pendant que le modèle travaille : après « Utiliser », les images ouvertes changent une fois qu’il y a été relancé.',
    layersLater: (n) =>
      `À partir de ${count(n)} images relues, chaque couche du modèle peut aussi être mesurée.`,
    notMeasured: 'pas mesuré',
    inUse: 'Utilisé',
    use: 'Utiliser',
    usedToast: (name) =>
      `${name} avec ces réglages est utilisé. Les propositions restent jusqu’à votre demande.`,
    undone: 'Le modèle et les réglages d’avant sont à nouveau utilisés.',
    failed: (n, reason) =>
      `${counted(n, 'image laissée de côté', 'images laissées de côté')} : ${reason ?? ''}`,
    note: 'Il n’y a pas de pixels neutres ici : ce qu’aucun masque accepté ne couvre est du fond. Les masques acceptés tels qu’un modèle les a proposés favorisent ce modèle. Plus de modèles : Modèles.',
  },
  columns: {
    number: 'Essai',
    layers: 'Couche',
    head: 'Tête',
    threshold: 'Seuil',
    blur: 'Flou',
    passes: 'Passes',
    reward: 'Récompense',
    published: 'Mieux que le vide',
    contrast: 'Contraste des mots',
    miou: 'mIoU',
  },
};
