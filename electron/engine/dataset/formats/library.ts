// The images that are here, as an importer asks for them.
import { ImageNames } from '../imageNames.ts';
import type { ImageLibrary } from '../pairing.ts';
import type { ImportOptions } from './format.ts';

export function libraryOf({ images }: ImportOptions): ImageLibrary {
  const sizes = new Map(images.map((image) => [image.fileName, image]));
  return {
    folder: null,
    names: new ImageNames([...sizes.keys()]),
    sizeOf: (name) => Promise.resolve(sizes.get(name)!),
  };
}
