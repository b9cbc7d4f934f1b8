// French sentences of cleaning up masks.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, fixed, percent } from '../../plural.ts';

const masks = (n: number) => counted(n, 'masque', 'masques');
const px = (value: number) => `${count(value)} px`;

export const clean: Catalogue['clean'] = {
  title: 'Nettoyer',
  titleOf: (name) => `Nettoyer ${name}`,
  close: 'Fermer le nettoyage',
  scope: 'De quels masques',
  scopes: {
    selection: (n) => `Sélection, ${count(n)}`,
    image: (n) => `Cette image, ${count(n)}`,
    class: 'Toutes les images',
  },
  working: 'calcul',
  stop: 'Arrêter',
  grid: 'Masques qui changent',
  gridHead: (changed, all, images) =>
    `${count(changed)} sur ${masks(all)} dans ${counted(images, 'image', 'images')} changent.`,
  mostShown: (n) => ` Les ${count(n)} plus grands changements sont affichés.`,
  order: 'Ordre',
  orders: { change: 'Plus grand changement', name: 'Nom de l’image', class: 'Classe' },
  tile: (name, added, removed) =>
    `${name}, −${px(removed)}, +${px(added)} ; appuyer pour le laisser tel quel`,
  otherTile: (category, image) => `${category}, ${image}`,
  leaveIt: 'Appuyez pour laisser celui-ci tel quel. Q maintenu : la photographie.',
  left: 'laissé tel quel',
  legend: 'Couleurs',
  takenAway: 'retiré',
  added: 'ajouté',
  islands: 'Retirer les îlots sous',
  islandsDid: (n, of) => `${counted(n, 'îlot', 'îlots')} dans ${masks(of)}`,
  holes: 'Remplir les trous sous',
  holesDid: (n, of) => `${counted(n, 'trou', 'trous')} dans ${masks(of)}`,
  smooth: 'Lisser',
  smoothHint: 'pointes et encoches de moins du double disparaissent',
  grow: 'Élargir ou rétrécir',
  growHint: '0 garde la taille',
  simplify: 'Simplifier',
  simplifyHint: 'moins de coins compte dans les formats à polygones',
  simplifyDid: (before, after, error) =>
    `${count(before)} → ${count(after)} coins, ${fixed(error, 1)} px d’écart au plus`,
  overlap: 'Recouvrement avec d’autres masques',
  overlaps: { keep: 'Garder', order: 'Par ordre', salience: 'Par saillance' },
  overlapHint: 'les pixels communs restent aux deux',
  overlapsFound: (n) =>
    n === 0 ? 'aucun recouvrement' : counted(n, 'recouvrement', 'recouvrements'),
  overlapsHeld: (n) => `${count(n)} restent : l’autre masque est verrouillé ou accepté`,
  overlapsUnsalient: (n) =>
    `${count(n)} restent : la saillance des deux classes n’est pas gardée. Lancez l’image avec les deux.`,
  off: 'non',
  spoken: (value) => (value === 0 ? 'non' : counted(value, 'pixel', 'pixels')),
  changes: 'Masques qui changent',
  changesOf: (n, all) => `${count(n)} sur ${count(all)}`,
  others: 'Autres qui cèdent des pixels',
  pixels: 'Pixels',
  pixelsOf: (added, removed) => `−${px(removed)}, +${px(added)}`,
  area: 'Surface moyenne',
  areaBy: (share) =>
    share === 0 ? 'comme avant' : `${share > 0 ? '+' : '−'}${percent(Math.abs(share), 1)}`,
  acceptedAmong: 'Acceptés parmi eux',
  locked: 'Verrouillés, laissés tels quels',
  vanish: (n) =>
    `${counted(n, 'masque perdrait son dernier pixel', 'masques perdraient leur dernier pixel')}.`,
  keepThem: 'Les laisser tels quels',
  deleteThem: 'Les supprimer',
  accepted: 'Masques acceptés aussi',
  oneStep: 'une étape annulable',
  clean: (n) => `Nettoyer ${masks(n)}`,
  reset: 'Rétablir',
  nothing: 'Rien ne change avec ces valeurs.',
  allOff: 'Bougez un curseur ou choisissez qui garde les pixels communs pour voir l’effet.',
  noMasks: 'Sélectionnez des masques, ou nettoyez tous ceux d’une classe sur cette image.',
  cleaned: (n, name) =>
    `${counted(n, 'masque nettoyé', 'masques nettoyés')}${name === null ? '' : ` (${name})`}`,
  undo: 'Annuler',
  history: (name, n) => (n === 1 ? `Nettoyer ${name}` : `Nettoyer ${masks(n)}`),
};
