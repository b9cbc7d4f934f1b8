// French: the whole catalogue.
import type { Catalogue } from './languages/catalogue.ts';
import { count, counted } from './plural.ts';
import { errors, figures, reasons } from './fr/errors.ts';
import { evidence } from './fr/evidence.ts';
import { exchange } from './fr/exchange.ts';
import { help } from './fr/help/help.ts';
import { home } from './fr/home.ts';
import { jobs } from './fr/jobs.ts';
import { keys } from './fr/keys.ts';
import { label } from './fr/label.ts';
import { clean } from './fr/label/clean.ts';
import { edges } from './fr/label/edges.ts';
import { filter } from './fr/label/filter.ts';
import { propagate } from './fr/label/propagate.ts';
import { said } from './fr/label/said.ts';
import { segment } from './fr/label/segment.ts';
import { models } from './fr/models.ts';
import { review } from './fr/review.ts';
import { settings } from './fr/settings.ts';
import { statistics } from './fr/statistics.ts';
import { tune } from './fr/tune.ts';

export const fr: Catalogue = {
  app: {
    name: 'Salience',
    version: (version) => `Salience ${version}`,
    connecting: 'Démarrage du moteur',
    lost: 'La connexion à Salience s’est coupée. Ce qui est enregistré est en sûreté, et ce qui ne l’est pas encore reste dans cette fenêtre.',
    lostInBrowser:
      'Salience s’est arrêté ou est injoignable. Ce qui est enregistré est en sûreté, et ce qui ne l’est pas encore reste dans cette fenêtre. Si Salience tourne encore, reconnectez-vous ; sinon relancez-le et ouvrez son nouveau lien dans un autre onglet.',
    reconnect: 'Se reconnecter',
    onlyLooks: (why) => `${why} Vous pouvez regarder, pas modifier.`,
    editHere: 'Modifier ici',
    asking: 'La fenêtre où ce projet est modifié est priée de l’enregistrer et de le lâcher.',
    lookOnly:
      'Cette fenêtre ne fait que regarder : choisissez Modifier ici pour changer quelque chose.',
    displaced: (mine, other) =>
      other === null
        ? `Une autre fenêtre a fermé « ${mine} ». Vous pouvez regarder, pas modifier.`
        : `Une autre fenêtre a ouvert « ${other} ». Vous pouvez regarder « ${mine} », pas le modifier.`,
    displacedHint: 'Ce projet n’est plus ouvert : rouvrez-le pour changer quelque chose.',
    openAgain: (name) => `Rouvrir ${name}`,
    goTo: (name) => `Aller à ${name}`,
  },
  screens: {
    home: 'Accueil',
    label: 'Annoter',
    evidence: 'Indices',
    review: 'Relire',
    jobs: 'Tâches',
    tune: 'Ajuster',
    statistics: 'Statistiques',
    models: 'Modèles et appareils',
    settings: 'Réglages',
    help: 'Aide',
  },
  empty: {
    evidence: 'Lancez le modèle sur cette image pour voir pourquoi.',
  },
  topbar: {
    label: 'Projet et écrans',
    projectMenu: 'Menu du projet',
    screens: 'Écrans',
    search: 'Chercher actions, images et classes',
    models: 'Modèles et appareils',
    method: (engine, pack) => {
      const name = engine === 'naclip' ? 'Similarité' : engine === 'car' ? 'Tours' : engine;
      return pack === null ? name : `${name}, ${pack}`;
    },
    settings: 'Réglages',
    saved: 'Enregistré',
    saving: 'Enregistrement',
    notSaved: 'Non enregistré',
    savedAt: (time) => `Enregistré ${time}`,
    trouble: {
      kept: 'Le changement est gardé en mémoire tant que cette fenêtre est ouverte.',
      saveCopy: 'Enregistrer une copie',
      giveUp: 'Abandonner ce changement',
      givenUp: 'Le changement a été abandonné. Ce qui est enregistré est affiché.',
      stuck:
        'Le projet ne prend pas ce changement, et rien n’y a avancé. Réessayez, enregistrez une copie, ou abandonnez le changement.',
      fileName: (image) => `${image.replace(/^.*\//, '').replace(/\.[^.]+$/, '')}.coco.json`,
    },
    closeProject: 'Fermer le projet',
    openFolder: 'Ouvrir un dossier d’images',
    exportData: 'Exporter',
    fallback: 'L’appareil choisi ne fait pas ce qui est demandé.',
    builtIn: 'Modèle intégré',
  },
  status: {
    label: 'État',
    keysHint: '? pour les touches',
    masks: (share) => `Masques ${share} %`,
    scanning: (n) => `Lecture du dossier, ${counted(n, 'image', 'images')} à ce jour`,
    jobs: (n) => `${counted(n, 'tâche', 'tâches')} en cours`,
    of: (done, total) => `${count(done)} sur ${count(total)}`,
  },
  common: {
    cancel: 'Annuler',
    close: 'Fermer',
    done: 'Terminé',
    undo: 'Annuler',
    redo: 'Rétablir',
    tryAgain: 'Réessayer',
    details: 'Détails',
    dismiss: 'Écarter',
    clearFilter: 'Effacer le filtre',
    loading: 'Chargement',
    none: 'Aucun',
    goThere: 'Y aller',
    notifications: 'Notifications',
    resizePanel: (name) => `Redimensionner ${name}`,
  },
  drop: {
    image: (name) =>
      `${name} est une seule image. Déposez le dossier où elle se trouve : ses images s’ouvrent ensemble.`,
    unknown: (name) =>
      `${name} ne peut pas être ouvert. Déposez un dossier d’images, un projet ou un fichier d’annotations (JSON, XML, ZIP).`,
    folderInBrowser:
      'Un navigateur ne dit pas où se trouve un dossier déposé. Choisissez-le plutôt : Ctrl+O.',
    labelsInBrowser:
      'Un navigateur ne dit pas où se trouve un fichier déposé. Choisissez-le plutôt : menu du projet, Importer des annotations.',
    labelsFirst: (name) => `Ouvrez d’abord le dossier d’images, puis déposez à nouveau ${name}.`,
  },
  objects: (n) => counted(n, 'objet', 'objets'),
  proposals: (n) => counted(n, 'proposition', 'propositions'),
  classes: (n) => counted(n, 'classe', 'classes'),
  px: (n) => `${count(n)} px`,
  help,
  home,
  label,
  keys,
  edges,
  evidence,
  exchange,
  filter,
  jobs,
  review,
  statistics,
  tune,
  models,
  clean,
  propagate,
  said,
  segment,
  settings,
  errors,
  figures,
  reasons,
};
