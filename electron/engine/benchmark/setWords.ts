// What people read of each data set, in the order of lists: help shows it without loading what reads the files.
export interface SetWords {
  readonly title: string;
  /** The layout in one line, for help and messages. */
  readonly layout: string;
}

export const SET_WORDS = {
  voc2012: {
    title: 'Pascal VOC 2012 val, 21 classes',
    layout:
      'VOCdevkit/VOC2012 with JPEGImages, SegmentationClass and ImageSets/Segmentation/val.txt',
  },
  'voc2012-20': {
    title: 'Pascal VOC 2012 val, 20 classes without background',
    layout:
      'VOCdevkit/VOC2012 with JPEGImages, SegmentationClass and ImageSets/Segmentation/val.txt',
  },
  context60: {
    title: 'Pascal Context val, 59 classes and background',
    layout:
      'VOCdevkit/VOC2010 with JPEGImages, SegmentationClassContext and ImageSets/SegmentationContext/val.txt',
  },
  context59: {
    title: 'Pascal Context val, 59 classes',
    layout:
      'VOCdevkit/VOC2010 with JPEGImages, SegmentationClassContext and ImageSets/SegmentationContext/val.txt',
  },
  'coco-object': {
    title: 'COCO Object val2017, 80 objects and background',
    layout: 'a folder with val2017 (or images/val2017) and annotations/instances_val2017.json',
  },
  'coco-stuff': {
    title: 'COCO-Stuff 164k val2017, 171 classes',
    layout: 'a folder with val2017 (or images/val2017) and stuffthingmaps/val2017',
  },
  ade20k: {
    title: 'ADE20K val, 150 classes',
    layout: 'ADEChallengeData2016 with images/validation and annotations/validation',
  },
  cityscapes: {
    title: 'Cityscapes val, 19 classes',
    layout: 'a folder with leftImg8bit/val and gtFine/val',
  },
  folder: {
    title: 'A folder of your own',
    layout: 'a folder with images and masks (or --truth), and classes.json or --classes-file',
  },
  project: {
    title: 'Accepted masks of a project',
    layout: 'a .salience file whose images are reviewed',
  },
} as const satisfies Readonly<Record<string, SetWords>>;

export type SetId = keyof typeof SET_WORDS;
