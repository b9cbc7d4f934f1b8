// German sentences about the formats of an export.
import type { Catalogue } from '../../languages/catalogue.ts';

export const formats: Catalogue['exchange']['formats'] = {
  titles: {
    'coco-polygon': 'COCO, nur Polygone',
    'coco-stuff': 'COCO für Stoffe',
    'coco-instances': 'COCO, ein Objekt je Teil',
    'coco-panoptic': 'COCO panoptisch',
    'yolo-seg': 'YOLO-Segmentierung',
    'mask-png': 'PNG-Masken',
    cvat: 'Hochladen zu CVAT',
    'cvat-images': 'CVAT für Bilder 1.1',
  },
  read: {
    'yolo-seg': 'YOLO-Segmentierung',
    'pascal-voc': 'Masken von Pascal VOC, Farbmasken',
    'mask-png': 'PNG-Masken',
    'cvat-images': 'CVAT für Bilder 1.1',
  },
  notes: {
    coco: 'Genaue Masken: Polygone auf Pixelkanten, RLE für Löcher und mehrere Teile.',
    'coco-polygon': 'Für Leser ohne RLE: Löcher werden durch Stege ohne Breite eingeschnitten.',
    'coco-stuff': 'Eine RLE-Annotation je Klasse und Bild.',
    'coco-instances':
      'Annotationen aus mehreren Teilen werden zu je einer Annotation pro zusammenhängendem Teil.',
    'coco-panoptic':
      'panoptic.json und Segment-PNGs. Objekte von Dingen, ein Segment je Stoffklasse; keine Überlappungen.',
    'yolo-seg':
      'Textdateien zum Trainieren; ein Umriss je Objekt, Klassen ab 0 in der Reihenfolge der Tabelle.',
    'pascal-voc':
      'Paletten-PNGs der Klassen und Objekte, Boxen als XML, Bildlisten. Höchstens 254 Klassen; keine Überlappungen.',
    'mask-png':
      'Ein indiziertes PNG je Bild und classes.json. Behält Klassen, nicht einzelne Objekte.',
    cvat: 'Ein Zip für „Upload annotations, COCO 1.0“; die Aufgabe braucht dieselben Labels.',
    'cvat-images':
      'Ein XML mit genauen Masken, Attributen, Verdeckung und Stichwörtern; die Aufgabe braucht dieselben Labels.',
    labelme: 'Ein JSON je Bild, das daneben gelegt wird; Polygone, bei Löchern Maskenformen.',
    'label-studio':
      'tasks.json mit Pinselmasken und config.xml; die Bilder kommen aus dem lokalen Speicher desselben Ordners.',
  },
};
