// The images of a project as an importer may ask about them: their names, and a size when it is needed.
import type { ImageId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { ImageNames } from '../dataset/imageNames.ts';
import type { ImageLibrary } from '../dataset/pairing.ts';
import { knowImage } from '../images/imageFiles.ts';
import { isTurnedSideways } from '../../masks/changes/turn.ts';
import { namedImages } from '../project/images/imageNames.ts';
import type { Project } from '../project/project.ts';

export interface KnownSize {
  /** In the frame that labels are read in. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation of the file. */
  readonly orientation: number;
}

export interface ProjectLibrary extends ImageLibrary {
  idOf(name: string): ImageId | undefined;
  sizeOf(name: string): Promise<KnownSize>;
}

/** `asStored`: labels were made on the pictures as they are stored, so sizes are those before the turn. */
export function projectLibrary(
  context: EngineContext,
  project: Project,
  { asStored, signal }: { readonly asStored: boolean; readonly signal: AbortSignal },
): ProjectLibrary {
  const rows = namedImages(project.store);
  const ids = new Map(rows.map(({ id, name }) => [name, id]));
  return {
    folder: project.folder(),
    names: new ImageNames(rows.map(({ name }) => name)),
    idOf: (name) => ids.get(name),
    async sizeOf(name) {
      const { record } = await knowImage(project, context.link, ids.get(name)!, {
        signal,
        priority: 'batch',
      });
      const { width, height, orientation } = record;
      return asStored && isTurnedSideways(orientation)
        ? { width: height, height: width, orientation }
        : { width, height, orientation };
    },
  };
}
