// What an import says of labels that it left out or changed. Each goes on from the place that it is about.
import { toPayload, type AppError } from '../errors.ts';
import { say, type Told } from './said.ts';

/** Width and height in pixels. */
type Size = readonly [width: number, height: number];

const px = ([width, height]: Size) => `${width} x ${height}`;
const all = (names: readonly string[], more: number) =>
  more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');

export const importWords = {
  told: (why: string) => why,
  sameImage: (others: readonly string[], more: number, image: string) =>
    `and ${all(others, more)} would all be for ${image}; rename them like their images, folders included`,
  taken: (image: string, by: string) => `is for ${image}, which ${by} already describes`,
  onlyOne: (image: string) => `is taken for ${image}, the only image of that name`,
  guessed: (said: string, image: string) => `names ${said}, which is not here; taken for ${image}`,
  several: (names: readonly string[], more: number) =>
    `could be ${all(names, more)}; give the folder in the label file, or rename one`,
  unnamed: () => 'belongs to no image here: none has this name',
  notHere: (image: string) => `names the image ${image}; no image here is called that`,
  notInProject: () => 'There is no such image in this project.',
  otherSize: (said: Size, size: Size) => `The file says ${px(said)}, the image is ${px(size)}.`,
  storedFrame: (said: Size, size: Size, orientation: number) =>
    `The file says ${px(said)}, the image is ${px(size)}: the image is turned by its EXIF orientation ${orientation}, and these labels were made on the picture as it is stored. They can be turned along.`,
  labelledAt: (said: Size, image: string, size: Size) =>
    `was labelled at ${px(said)} px; ${image} is ${px(size)} px`,
  noSize: () => 'says no size, and no image is known',
  noPixelOf: (label: string) => `an object of the class ${label} covers no pixel`,
  noPixel: () => 'covers no pixel of its image',
  objectWanted: (found: string) => `is ${found}; expected an object`,
  numberWanted: (found: string) => `is ${found}; expected a number`,
  imageNameWanted: (found: string) => `is ${found}; expected the image's name`,
  classNameWanted: (found: string) => `is ${found}; expected a class name`,
  pixelsWanted: (found: string) => `is ${found}; expected pixels, 1 or more`,
  crowdWanted: (found: string) => `is ${found}; expected 0 or 1`,
  crowdMissing: () => 'is missing; read as 0',
  polygonsWanted: (found: string) => `is ${found}; expected polygons or RLE`,
  sizeFromImage: (found: string) => `is ${found}; taken from the image`,
  tooLarge: (size: Size) => `is ${px(size)} px; that is too large`,
  scoreOut: (found: string) => `is ${found}; left out`,
  areaCounted: (found: string) => `is ${found}; counted from the mask`,
  boxTaken: (found: string) => `is ${found}; taken from the mask`,
  tooDeep: () => 'is nested too deep or too large to be kept; left out',
  noImageOfId: (found: string) => `is ${found}; no image has that id`,
  noCategoryOfId: (found: string) => `is ${found}; no category has that id`,
  idOfImage: (found: string) => `${found} is already taken by another image`,
  idOfCategory: (found: string) => `${found} is already taken by another category`,
  listedTwice: (image: string) => `${image} is listed twice; both are kept`,
  idTwice: (id: number) => `${id} is used twice; the later one gets a new number`,
  idText: () => 'is text; exports have whole numbers, it gets a new one',
  idBeyond: () => 'is a number beyond 2^53, which many readers round; it gets a new one',
  idNotWhole: () => 'is no whole number of 1 or more; it gets a new one',
  idMissing: () => 'is missing; it gets a new number',
  idZero: () => 'is 0, which pycocotools counts as unmatched; it gets a new number',
  classZero: (name: string, id: number) =>
    `is 0, which several readers take for "no class"; ${name} gets the number ${id}`,
  panoptic: () => 'is panoptic (segments_info); its masks are in PNG files beside it',
  maskMissing: () => 'is missing or empty; an annotation with key points or a box only has no mask',
  sizeMissing: () => 'is missing or not [height, width]',
  sizeSwapped: ([width, height]: Size) =>
    `is [${height}, ${width}], which is [width, height] of the image; COCO has [height, width]`,
  sizeOther: ([width, height]: Size, size: Size) =>
    `is [${height}, ${width}]; the image is ${px(size)} px, so [${size[1]}, ${size[0]}] was expected`,
  pythonBytes: () => 'is written as Python bytes; read without the b and its quotes',
  countsMissing: () => 'is missing; expected a string or a list of runs',
  listMissing: () => 'is missing; a COCO data set has this list',
  noList: () => 'is no list',
  classUnnamed: (number: number, count: number) =>
    `class ${number} has no name; there are ${count}`,
  box: () => 'is a box; read as the area of its rectangle',
  wholeImage: () => 'has tags of the whole image; only areas are imported',
  classNameCut: (letters: number, most: number) =>
    `is a class name of ${letters} letters; cut to ${most}`,
  groupNameCut: (letters: number, most: number) =>
    `is a group name of ${letters} letters; cut to ${most}`,
  joined: (names: readonly string[], name: string) =>
    `${names.join(' and ')} become one class, ${name}: class names differ by more than case, blanks and accents' forms`,
  goesTo: (name: string, mine: string) => `${name} goes to the class ${mine} of the project`,
};

export type ImportReason = Told<typeof importWords>;

export const importEnglish = (why: ImportReason): string => say(importWords, why);

/** What an error says of an image, for a window to say in its own words. */
export const toldBy = (error: AppError): ImportReason => ({
  code: 'told',
  values: [error.message],
  error: toPayload(error),
});
