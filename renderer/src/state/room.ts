// How much room the window gives, in design pixels: a larger interface leaves less of it.
import type { App } from './app.svelte.ts';

/** Compact: one drawer beside a narrow column of images. Tiny: both panels are drawers, tabs are one menu. */
export type Room = 'wide' | 'compact' | 'tiny';

const COMPACT_BELOW = 1100;
const TINY_BELOW = 860;

export function roomOf({ windowWidth, session }: Pick<App, 'windowWidth' | 'session'>): Room {
  const width = windowWidth / (session.settings.scalePercent / 100);
  return width < TINY_BELOW ? 'tiny' : width < COMPACT_BELOW ? 'compact' : 'wide';
}
