// Spanish sentences about the formats of an export.
import type { Catalogue } from '../../languages/catalogue.ts';

export const formats: Catalogue['exchange']['formats'] = {
  titles: {
    'coco-polygon': 'COCO, solo polígonos',
    'coco-stuff': 'COCO de materias',
    'coco-instances': 'COCO, un objeto por parte',
    'coco-panoptic': 'COCO panóptico',
    'yolo-seg': 'Segmentación de YOLO',
    'mask-png': 'Máscaras PNG',
    cvat: 'Carga a CVAT',
    'cvat-images': 'CVAT para imágenes 1.1',
  },
  read: {
    'yolo-seg': 'Segmentación de YOLO',
    'pascal-voc': 'Máscaras de Pascal VOC, máscaras de colores',
    'mask-png': 'Máscaras PNG',
    'cvat-images': 'CVAT para imágenes 1.1',
  },
  notes: {
    coco: 'Máscaras exactas: polígonos en los bordes de los píxeles, RLE para huecos y varias partes.',
    'coco-polygon': 'Para lectores sin RLE: los huecos se recortan con puentes sin anchura.',
    'coco-stuff': 'Una anotación RLE por clase e imagen.',
    'coco-instances': 'Las anotaciones de varias partes pasan a ser una por parte conexa.',
    'coco-panoptic':
      'panoptic.json y PNG de segmentos. Objetos de cosas, un segmento por clase de materia; sin solapes.',
    'yolo-seg':
      'Archivos de texto para entrenar; un contorno por objeto, clases numeradas desde 0 en el orden de la tabla.',
    'pascal-voc':
      'PNG con paleta de clases y objetos, cajas XML, listas de imágenes. Como máximo 254 clases; sin solapes.',
    'mask-png': 'Un PNG indexado por imagen y classes.json. Conserva clases, no objetos sueltos.',
    cvat: 'Un zip para «Upload annotations, COCO 1.0»; la tarea necesita las mismas etiquetas.',
    'cvat-images':
      'Un XML con máscaras exactas, atributos, oclusión y etiquetas; la tarea necesita las mismas etiquetas.',
    labelme:
      'Un JSON por imagen para ponerlo a su lado; polígonos, o formas de máscara donde hay huecos.',
    'label-studio':
      'tasks.json con máscaras de pincel y config.xml; las imágenes vienen del almacenamiento local de la misma carpeta.',
  },
};
