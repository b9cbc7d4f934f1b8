// French sentences about the first model for photographs, the choice of a model, and CUDA.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted, listed } from '../../plural.ts';

export const first: Catalogue['models']['first'] = {
  title: 'Prêt pour les photographies en une étape',
  fits: (size, gpu) =>
    gpu
      ? `convient à cet ordinateur : son GPU a réussi le test. ${size} une fois, puis plus de réseau.`
      : `convient à cet ordinateur : bon sans GPU. ${size} une fois, puis plus de réseau.`,
  drawnOnly: 'Le modèle intégré ne connaît que des choses dessinées.',
  knows: (size) => `connaît les photographies : ${size} une fois, puis plus de réseau.`,
  get: (size) => `L’obtenir, ${size}`,
  others: 'Autres modèles',
  arriving: (name) => `${name} arrive. Il est choisi de lui-même dès qu’il est prêt.`,
  meanwhile: 'Saisissez des classes et dessinez en attendant.',
  waitingRun: 'Le lancement sur l’image ouverte commence alors.',
  useDrawnMeanwhile: 'Utiliser le modèle de dessins en attendant',
  pause: 'Pause',
  cancel: 'Annuler',
  goOn: 'Continuer',
  paused: (name, percent) => `${name} est en pause à ${percent}. Rien n’est perdu.`,
  stopped: (name) => `${name} n’est pas arrivé.`,
  runWhenReady: 'Lancer dès que prêt',
  runsThen: (name) => `Se lance quand ${name} est prêt. I à nouveau y renonce.`,
  pressToWait: (name) => `Appuyez sur I pour lancer quand ${name} sera prêt, ou dessinez avec B.`,
  waits: (name) => `Se lance quand ${name} est prêt.`,
  waitsNoMore: 'Le lancement n’attend plus.',
  chosen: (name) => `${name} est prêt et utilisé.`,
  useDrawn: 'Utiliser le modèle de dessins',
  getting: (name, how) => `Téléchargement de ${name}, ${how}`,
  noAnswer: (name) => `${name} : le téléchargement s’est arrêté`,
};

export const choice: Catalogue['models']['choice'] = {
  title: 'Comment les masques sont trouvés',
  model: 'Modèle',
  needs: 'Demande',
  oneImage: 'Une passe, ici',
  here: 'Sur cet ordinateur',
  measured: 'mesuré ici',
  notMeasured: 'pas encore mesuré',
  memory: (size) => `${size} de mémoire`,
  toFetch: (size, licence) => `${size}, ${licence}`,
  stays:
    'Les propositions restent jusqu’au prochain lancement. Les masques acceptés ne changent jamais.',
  all: 'Modèles et appareils',
  use: 'Utiliser ce modèle',
  getAndUse: (size) => `Obtenir ${size} et utiliser`,
  explain: 'Comment les masques sont trouvés',
};

export const cuda: Catalogue['models']['cuda'] = {
  title: 'CUDA pour les cartes NVIDIA',
  text: 'Avec une carte NVIDIA, CUDA est le plus rapide. Ses bibliothèques ne sont pas dans le programme.',
  look: 'Ce qu’il demande',
  offer: (name, size, host) => `${name}, ${size}, depuis ${host}.`,
  nvidia: 'CUDA et cuDNN de NVIDIA n’en font pas partie ; les versions qu’il lui faut y sont lues.',
  get: (size) => `L’obtenir, ${size}`,
  getting: 'Téléchargement des bibliothèques de CUDA',
  stop: 'Arrêter',
  needs: (products, names) => `Téléchargé. Il lui faut ${products} de NVIDIA : ${listed(names)}.`,
  needsOnly: (names) => `Téléchargé. Il lui faut de NVIDIA : ${listed(names)}.`,
  unreachable: (found) =>
    `Le dépôt de paquets est injoignable : ${found}. Derrière un proxy, réglez HTTPS_PROXY. Rien n’a changé.`,
  fetched: 'Téléchargé. Ce qu’il lui faut de NVIDIA n’a pas pu y être lu : le test le dira.',
  missing: (names) =>
    `Introuvable ici : ${counted(names.length, 'bibliothèque', 'bibliothèques')}, ${listed(names)}. Installez-les, ou nommez leur dossier dans LD_LIBRARY_PATH, puis relancez Salience.`,
  complete: 'Tout est là. Testez CUDA maintenant.',
};
