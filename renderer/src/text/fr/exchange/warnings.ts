// French: what an export could not hold or left out.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, fixed } from '../../plural.ts';

export const warnings: Catalogue['exchange']['warnings'] = {
  noPixel: (image) => `${image} : une annotation sans pixel a été laissée de côté`,
  overlap: (image, px, gone) =>
    `${image} : des annotations se recouvrent, ${count(px)} px ne montrent que celle du dessus${gone > 0 ? ` ; entièrement cachées : ${count(gone)}` : ''}`,
  gone: (image, n) => `${image} : entièrement cachées : ${count(n)}`,
  simplified: (px) => `des contours ont été simplifiés, de ${fixed(px, 2)} px au plus`,
  labelmeUnsplit: () =>
    'les fichiers labelme ne sont pas répartis entre train et val ; chaque image a son fichier',
  cvatUnsplit: () =>
    'les fichiers CVAT ne sont pas répartis entre train et val ; toutes les images sont dans un seul',
  cvatNotes: (n) =>
    `les notes de ${counted(n, 'image', 'images')} ne sont pas dans le fichier : CVAT n’a pas de place pour elles`,
  controlCharacters: (image) =>
    `${image} a été laissée de côté : son nom contient des caractères de contrôle, impossibles dans une liste d’images ; renommez le fichier`,
  leftOut: (image, why) => `${image} a été laissée de côté : ${why}`,
  crowded: (image) =>
    `${image} a été laissée de côté, comme demandé : le format n’a pas de place pour tous ses objets`,
  nameless: (image) =>
    `${image} a été laissée de côté, comme demandé : son nom ne donne aucun nom de fichier`,
  sharedFile: (image) =>
    `${image} a été laissée de côté, comme demandé : elle partagerait un fichier avec une autre image`,
  turned: (n) =>
    `${counted(n, 'image est stockée tournée', 'images sont stockées tournées')} (orientation EXIF) ; tailles et masques sont ceux de l’image redressée`,
  replaced: (images, more) =>
    `Changé depuis l’annotation : ${images.join(', ')}${more > 0 ? ` et ${count(more)} de plus` : ''} ; à revoir`,
  more: (n) => `et ${counted(n, 'autre avertissement', 'autres avertissements')}`,
};
