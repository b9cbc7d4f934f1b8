// Where an image would lie that a label file is for: label files say so by their place and by paths, which
// are turned into names below the folder of images. Nothing is opened at those places.
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { ImageLibrary } from '../pairing.ts';

/** Names below the image folder for a file of a label folder, as it lies and as its parent names it. */
export function namesBeside(
  labelFolder: string,
  name: string,
  library: Pick<ImageLibrary, 'folder'>,
): string[] {
  const inside = library.folder === null ? null : nameBelow(library.folder, labelFolder, name);
  return inside === null || inside === name ? [name] : [inside, name];
}

/** `name` of `labelFolder` as a name below `folder`, or null when it leads elsewhere. */
function nameBelow(folder: string, labelFolder: string, name: string): string | null {
  const path = relative(folder, resolve(labelFolder, ...name.split('/')));
  if (path === '' || path.startsWith(`..${sep}`) || path === '..' || isAbsolute(path)) return null;
  return path.split(sep).join('/');
}

/** The name with each path part that is `from` turned into `to`, the last one first: `train/labels/a`. */
export function swapped(name: string, from: string, to: string): string[] {
  const parts = name.split('/');
  return parts
    .flatMap((part, place) => (part.toLowerCase() === from ? [place] : []))
    .reverse()
    .map((place) => parts.with(place, to).join('/'));
}
