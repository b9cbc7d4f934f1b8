// The data sets that can be measured on. A new one is a file in sets/, its words in setWords.ts and a line here.
import { ADE20K } from './sets/ade20k.ts';
import { CITYSCAPES } from './sets/cityscapes.ts';
import { COCO_OBJECT } from './sets/cocoObject.ts';
import { COCO_STUFF } from './sets/cocoStuff.ts';
import { CONTEXT_59, CONTEXT_60 } from './sets/context.ts';
import { FOLDER } from './sets/folder.ts';
import { PROJECT } from './sets/project.ts';
import { VOC_2012, VOC_2012_OBJECTS } from './sets/voc2012.ts';
import type { BenchmarkSet } from './set.ts';

export const SETS: readonly BenchmarkSet[] = [
  VOC_2012,
  VOC_2012_OBJECTS,
  CONTEXT_60,
  CONTEXT_59,
  COCO_OBJECT,
  COCO_STUFF,
  ADE20K,
  CITYSCAPES,
  FOLDER,
  PROJECT,
];
