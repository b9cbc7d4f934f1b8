// What an export says of what it could not hold or left out.
import { say, type Told } from './said.ts';

const images = (n: number) => `${n} ${n === 1 ? 'image' : 'images'}`;

export const exportWords = {
  noPixel: (image: string) => `${image}: an annotation without a pixel was left out`,
  overlap: (image: string, hiddenPx: number, goneAltogether: number) =>
    `${image}: annotations overlap, ${hiddenPx} px show the upper one only` +
    (goneAltogether > 0 ? `; hidden altogether: ${goneAltogether}` : ''),
  gone: (image: string, n: number) => `${image}: hidden altogether: ${n}`,
  simplified: (px: number) => `outlines were simplified by up to ${px.toFixed(2)} px`,
  labelmeUnsplit: () =>
    'labelme files are not split into train and val; every image has its own file',
  cvatUnsplit: () => 'CVAT files are not split into train and val; all images are in one',
  cvatNotes: (n: number) => `notes of ${images(n)} are not in the file: CVAT has no place for them`,
  controlCharacters: (image: string) =>
    `${image} was left out: its name holds control characters, which lists of images cannot hold; rename the file`,
  leftOut: (image: string, why: string) => `${image} was left out: ${why}`,
  crowded: (image: string) =>
    `${image} was left out, as asked: the format has no room for all its objects`,
  nameless: (image: string) => `${image} was left out, as asked: its name gives no name for a file`,
  sharedFile: (image: string) =>
    `${image} was left out, as asked: it would share a file with another image`,
  turned: (n: number) =>
    `${n} ${n === 1 ? 'image is' : 'images are'} stored turned (EXIF orientation); sizes and masks are those of the upright image`,
  replaced: (names: readonly string[], more: number) =>
    `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''} changed since the labels were made; look at them again`,
  more: (n: number) => `and ${n} more ${n === 1 ? 'warning' : 'warnings'}`,
};

export type ExportWarning = Told<typeof exportWords>;

export const warningEnglish = (warning: ExportWarning): string => say(exportWords, warning);
