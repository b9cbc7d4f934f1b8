// The images that are here, as an importer asks for them.
import { ImageNames } from '../imageNames.ts';
import type { ImageLibrary } from '../pairing.ts';
import type { ImportOptions } from './format.ts';

/** Without names when no images are known; labels then stand for themselves. */
export function libraryOf({ library, images }: ImportOptions): ImageLibrary {
  if (library) return library;
  const sizes = new Map(images.map((image) => [image.fileName, image]));
  return {
    folder: null,
    names: new ImageNames([...sizes.keys()]),
    sizeOf: (name) => Promise.resolve(sizes.get(name)!),
  };
}
