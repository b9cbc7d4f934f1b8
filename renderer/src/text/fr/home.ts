// French sentences of the start screen and of the folder browser.
import type { Catalogue } from '../languages/catalogue.ts';
import { count, counted } from '../plural.ts';

export const home: Catalogue['home'] = {
  title: 'Annoter des images, et voir pourquoi',
  subtitle:
    'Saisissez des noms de classes. Le modèle propose des masques et montre ce qu’il a regardé. Vous décidez.',
  openTitle: 'Ouvrir un dossier d’images',
  openHint: 'Vos fichiers sont seulement lus, jamais changés, copiés ni envoyés.',
  openHintDrop:
    'Ou déposez-le ici. Vos fichiers sont seulement lus, jamais changés, copiés ni envoyés.',
  chooseFolder: 'Choisir un dossier',
  formats: 'JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, jusqu’à 12 000 px de côté',
  importLabels: 'Importer des annotations',
  openProject: 'Ouvrir un projet',
  startHere: 'Commencer ici',
  sampleTitle: 'Essayer le projet d’exemple',
  sampleText:
    'Des scènes dessinées et un petit modèle déjà sur cet ordinateur. Premier masque en 20 secondes environ.',
  openSample: 'Ouvrir l’exemple',
  sampleClasses: ['umbrella', 'ball', 'crab'],
  whatIsInside: 'Ce qu’il contient',
  insideTitle: 'Le projet d’exemple',
  insideText:
    'Des scènes dessinées d’animaux, de nourriture, de bâtiments et de formes. Le modèle intégré ne connaît que des choses dessinées, tourne sur tout processeur et ne demande aucun téléchargement. Le projet est une copie à part : essayez tout, rien de ce qui est à vous n’est touché.',
  steps: [
    { title: 'Saisir des noms de classes', text: 'umbrella, ball, crab' },
    { title: 'Regarder la saillance', text: 'pourquoi le modèle a choisi un endroit' },
    { title: 'Accepter ou corriger', text: 'Entrée, Retour arrière, pinceau' },
  ],
  illustration:
    'Une scène dessinée à trois masques : cercle jaune 0,96, étoile bleue 0,94, voiture 0,91',
  recent: 'Projets récents',
  recentCount: (n) => counted(n, 'projet', 'projets'),
  noRecent: 'Les projets que vous ouvrez s’affichent ici.',
  reviewed: (done, total) => `${count(done)} sur ${count(total)} relues`,
  missing: 'Le disque n’est pas branché. Vos annotations sont en sûreté.',
  findFolder: 'Trouver le dossier',
  forget: 'Retirer de cette liste',
  pin: 'Épingler',
  unpin: 'Détacher',
  pinned: 'Épinglé',
  rowMenu: (name) => `Menu de ${name}`,
  copyPath: 'Copier le chemin',
  showInFolder: 'Voir dans le dossier',
  browseFolder: 'Choisir un dossier',
  browseProject: 'Choisir un projet',
  browseFile: 'Choisir un fichier d’annotations',
  browseLabels: 'Choisir un dossier d’annotations',
  browseModel: 'Choisir le dossier du modèle',
  chooseThis: 'Choisir ce dossier',
  emptyFolder: 'Rien à ouvrir ici.',
  noFolders: 'Aucun dossier ici.',
  goUp: 'Un dossier plus haut',
  recentFolders: 'Dossiers récents',
  pathField: 'Chemin',
  pathHint: 'Saisissez ou collez un chemin, puis Entrée',
  imagesHere: (n) => counted(n, 'image', 'images'),
};
