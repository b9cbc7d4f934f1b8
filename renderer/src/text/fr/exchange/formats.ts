// French sentences about the formats of an export.
import type { Catalogue } from '../../languages/catalogue.ts';

export const formats: Catalogue['exchange']['formats'] = {
  titles: {
    'coco-polygon': 'COCO, polygones seulement',
    'coco-stuff': 'COCO pour les matières',
    'coco-instances': 'COCO, un objet par partie',
    'coco-panoptic': 'COCO panoptique',
    'yolo-seg': 'Segmentation YOLO',
    'mask-png': 'Masques PNG',
    cvat: 'Envoi vers CVAT',
    'cvat-images': 'CVAT pour images 1.1',
  },
  read: {
    'yolo-seg': 'Segmentation YOLO',
    'pascal-voc': 'Masques Pascal VOC, masques en couleurs',
    'mask-png': 'Masques PNG',
    'cvat-images': 'CVAT pour images 1.1',
  },
  notes: {
    coco: 'Masques exacts : polygones sur les bords des pixels, RLE pour les trous et les parties multiples.',
    'coco-polygon':
      'Pour les lecteurs sans RLE : les trous sont découpés par des ponts sans largeur.',
    'coco-stuff': 'Une annotation RLE par classe et par image.',
    'coco-instances':
      'Les annotations en plusieurs parties deviennent une annotation par partie connexe.',
    'coco-panoptic':
      'panoptic.json et PNG de segments. Objets des choses, un segment par classe de matière ; sans recouvrement.',
    'yolo-seg':
      'Fichiers texte pour l’entraînement ; un contour par objet, classes numérotées à partir de 0 dans l’ordre du tableau.',
    'pascal-voc':
      'PNG à palette des classes et des objets, boîtes XML, listes d’images. Au plus 254 classes ; sans recouvrement.',
    'mask-png':
      'Un PNG indexé par image et classes.json. Garde les classes, pas les objets un à un.',
    cvat: 'Un zip pour « Upload annotations, COCO 1.0 » ; la tâche doit avoir les mêmes étiquettes.',
    'cvat-images':
      'Un XML avec masques exacts, attributs, occlusion et étiquettes ; la tâche doit avoir les mêmes étiquettes.',
    labelme:
      'Un JSON par image à placer à côté ; polygones, ou formes de masque là où il y a des trous.',
    'label-studio':
      'tasks.json avec masques au pinceau et config.xml ; les images viennent du stockage local du même dossier.',
  },
};
