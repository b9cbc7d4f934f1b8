// Images or labels that an export or import dialog was opened with: picked in the list, or dropped on the
// window. And an export that was left at its check to mend something.
import type { BrowseEntry } from '../../../../electron/api/methods/project.ts';
import type { ImageId } from '../../../../electron/api/types.ts';
import { perProject } from '../../state/perApp.svelte.ts';

class Asked {
  /** To be exported; null = those that the dialog says. */
  images = $state.raw<readonly ImageId[] | null>(null);
  /** To be imported; null = it is chosen in the dialog. */
  labels = $state.raw<BrowseEntry | null>(null);
  /** The image list's filter that an export's check was left for, and the one before; null = none was left. */
  left = $state.raw<{ readonly filter: string; readonly before: string } | null>(null);
}

export const askedOf = perProject(() => new Asked());
