// Formats of an export, as the engine names and describes them; titles that are names stay as they are.
export const formats = {
  titles: {
    'coco-polygon': 'COCO, polygons only',
    'coco-stuff': 'COCO stuff',
    'coco-instances': 'COCO, one object per part',
    'coco-panoptic': 'COCO panoptic',
    'yolo-seg': 'YOLO segmentation',
    'mask-png': 'PNG masks',
    cvat: 'CVAT upload',
    'cvat-images': 'CVAT for images 1.1',
  },
  /** Of an import: one id may stand for less or more than in an export. */
  read: {
    'yolo-seg': 'YOLO segmentation',
    'pascal-voc': 'Pascal VOC masks, colour masks',
    'mask-png': 'PNG masks',
    'cvat-images': 'CVAT for images 1.1',
  },
  notes: {
    coco: 'Exact masks: polygons on pixel edges, RLE for holes and for several parts.',
    'coco-polygon': 'For readers without RLE: holes are cut in by bridges of no width.',
    'coco-stuff': 'One RLE annotation per class and image.',
    'coco-instances': 'Annotations in several parts become one annotation per connected part.',
    'coco-panoptic':
      'panoptic.json and segment PNGs. Objects of things, one segment per stuff class; no overlaps.',
    'yolo-seg':
      'Text files for training; one outline per object, classes numbered from 0 in table order.',
    'pascal-voc':
      'Palette PNGs of classes and objects, XML boxes, image lists. At most 254 classes; no overlaps.',
    'mask-png': 'One indexed PNG per image and classes.json. Keeps classes, not single objects.',
    cvat: 'A zip for "Upload annotations, COCO 1.0"; the task needs the same labels.',
    'cvat-images':
      'One XML with exact masks, attributes, occlusion and tags; the task needs the same labels.',
    labelme: 'One JSON per image to put beside it; polygons, or mask shapes where there are holes.',
    'label-studio':
      'tasks.json with brush masks and config.xml; images come from local storage of the same folder.',
  },
};
