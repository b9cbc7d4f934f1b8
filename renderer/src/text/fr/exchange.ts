// French sentences of the import and export dialogs.
import type { Catalogue } from '../languages/catalogue.ts';
import { count, counted } from '../plural.ts';
import { formats } from './exchange/formats.ts';
import { warnings } from './exchange/warnings.ts';

const images = (n: number) => counted(n, 'image', 'images');
const masks = (n: number) => counted(n, 'masque', 'masques');

export const exchange: Catalogue['exchange'] = {
  exportTitle: 'Exporter',
  doneTitle: 'Exporté et relu',
  format: 'Format',
  formats,
  warnings,
  which: 'Images',
  all: 'Toutes les images',
  reviewed: 'Seulement les relues',
  picked: (n) => counted(n, 'image sélectionnée', 'images sélectionnées'),
  proposals: 'Propositions aussi',
  proposalsHint: 'Sinon : seulement les masques acceptés.',
  classes: 'Classes',
  noClass: 'Choisissez au moins une classe.',
  split: 'Part réservée à la validation',
  fileName: 'Nom du fichier',
  target: 'Dossier',
  targetDefault: 'À côté des images',
  choose: 'Choisir',
  start: 'Exporter',
  next: 'Suivant',
  back: 'Retour',
  checkTitle: 'Exportation, 2 sur 2 : vérification',
  checkFirst: 'Examiner d’abord les masques',
  startN: (masks) => `Exporter ${counted(masks, 'masque', 'masques')}`,
  running: 'Écriture et relecture',
  writing: (done, of) => `Écriture, ${count(done)} sur ${count(of)}`,
  readingBack: (done, of) => `Relecture, ${count(done)} sur ${count(of)}`,
  equal: (n, of) => `Fichier relu : ${images(n)}, ${masks(of)}, tout est égal.`,
  differs: (n, name) =>
    n === 1
      ? `${name} se relit autrement. Le fichier n’a pas été gardé.`
      : `${name} et ${counted(n - 1, 'autre image se relit', 'autres images se relisent')} autrement. Le fichier n’a pas été gardé.`,
  showIt: 'La voir',
  isThere: (name, when) => `${name} existe déjà (${when}).`,
  replace: 'Remplacer',
  keepBoth: 'Garder les deux',
  anotherFormat: 'Autre format',
  backTo: 'Revenir à l’export',
  copyPath: 'Copier le chemin',
  showInFolder: 'Voir dans le dossier',
  checks: {
    looking: 'Examen des masques',
    head: (of, n) => `${masks(of)} dans ${images(n)}.`,
    nothing: 'Rien à signaler.',
    proposalsOut: (n) =>
      `${counted(n, 'proposition', 'propositions')} hors de l’export. Acceptez-les, ou revenez les inclure.`,
    classesOut: (n) => `${masks(n)} d’autres classes hors de l’export, comme demandé.`,
    unreviewedOut: (n) =>
      `${counted(n, 'image non relue', 'images non relues')} hors de l’export, comme demandé.`,
    doNotStop: 'Cela n’empêche pas l’export.',
    to: 'Vers',
    show: (n) => `Voir ${count(n)}`,
    showFirst: (n) => `Voir les ${count(n)} premiers`,
    decide: (n) => `Décider ${count(n)}`,
    fillIn: 'Remplir',
    keepOne: 'N’en garder qu’un',
    nothingToDo: 'rien à faire',
    kept: (of, n) => `${counted(of, 'masque supprimé', 'masques supprimés')} dans ${images(n)}.`,
    onlyLocked: 'Les masques verrouillés restent : rien n’a été supprimé.',
    grades: {
      warn: 'Avertissement',
      question: 'À vérifier',
      info: 'Remarque',
      fine: 'En ordre',
    },
    rules: {
      missing: 'Images absentes ou abîmées',
      tiny: 'Masques minuscules',
      overlap: 'Deux classes qui se recouvrent',
      twice: 'Deux fois le même masque',
      undecided: 'À décider dans des images relues',
      unsaid: 'Sans un champ nécessaire',
      border: 'Au bord de l’image',
      files: 'Fichiers',
    },
    hints: {
      missing: 'leurs fichiers sont illisibles',
      tiny: 'moins de 16 px, souvent un faux geste',
      overlap: 'plus de 20 % du plus petit',
      twice: 'une classe, presque les mêmes pixels',
      undecided: 'propositions sans décision',
      unsaid: 'objets à qui manque ce que leur classe demande',
      border: 'choses coupées',
      files: 'chaque image est là',
    },
  },
  importTitle: 'Importer des annotations',
  source:
    'Un fichier COCO, CVAT, Label Studio ou VIA, ou un dossier labelme, YOLO, Supervisely, Pascal VOC ou de masques PNG',
  chooseFile: 'Choisir un fichier',
  chooseLabels: 'Choisir un dossier',
  chosenFile: 'Le fichier choisi',
  chosenFolder: 'Le dossier choisi',
  asAccepted: 'Comme masques acceptés',
  asProposals: 'Comme propositions',
  asProposalsHint: 'vous décidez plus tard',
  found: (format, n, of, classes) =>
    `${format} : ${images(n)}, ${masks(of)}, ${counted(classes, 'classe', 'classes')}.`,
  imported: (n, of) => `Importés : ${images(n)} et ${masks(of)}.`,
  problems: (n) => `${counted(n, 'entrée ignorée', 'entrées ignorées')} :`,
  changes: 'Lu avec un changement :',
  skip: 'Ignorer les entrées abîmées',
  turnAlong:
    'Tourner aussi les annotations : elles ont été faites sur les images telles que stockées',
  importNow: 'Importer',
  moreProblems: (n) => `et ${count(n)} de plus`,
};
