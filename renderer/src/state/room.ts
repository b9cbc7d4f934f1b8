// How much room the window gives, in design pixels: a larger interface leaves less of it.
import type { App } from './app.svelte.ts';

/** Compact: one drawer beside a narrow column of images. Tiny: both panels are drawers, tabs are one menu. */
export type Room = 'wide' | 'compact' | 'tiny';

const COMPACT_BELOW = 1100;
const TINY_BELOW = 860;
/** Tabs of six screens in words, beside project, model and buttons, fit from there on. */
const TAB_WORDS_FROM = 1300;
/** Below it the list of images makes room for the canvas, unless a person gave it a width. */
const THUMBNAILS_BELOW = 1200;

type Window = Pick<App, 'windowWidth' | 'session'>;

const widthOf = ({ windowWidth, session }: Window): number =>
  windowWidth / (session.settings.scalePercent / 100);

export function roomOf(app: Window): Room {
  const width = widthOf(app);
  return width < TINY_BELOW ? 'tiny' : width < COMPACT_BELOW ? 'compact' : 'wide';
}

/** Whether the tabs of the screens have their names beside their pictures. */
export const showsTabWords = (app: Window): boolean => widthOf(app) > TAB_WORDS_FROM;

/** Whether the images are a column of thumbnails, whose list comes as a drawer. */
export function showsThumbnails(app: Pick<App, 'windowWidth' | 'session' | 'layout'>): boolean {
  const room = roomOf(app);
  const isNarrow = app.windowWidth < THUMBNAILS_BELOW && app.layout.sizes.images === null;
  return room === 'compact' || (room === 'wide' && isNarrow && !app.layout.collapsed.images);
}

/** Brings a panel into sight for a command that needs what it holds: a drawer opens, a folded one unfolds. */
export function showPanel(app: App, name: 'images' | 'inspector'): void {
  const { layout } = app;
  const isBeside = roomOf(app) === 'wide' && !(name === 'images' && showsThumbnails(app));
  if (!isBeside) layout.drawer = name;
  else if (layout.collapsed[name]) layout.toggle(name);
}
