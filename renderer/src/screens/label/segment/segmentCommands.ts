// Keys that mean something else while the segment tool is armed.
import type { App } from '../../../state/app.svelte.ts';
import type { Handlers } from '../../../state/commands.svelte.ts';
import { acceptAndGoOn, moveEdge, nextChoice, sharper } from './segmentView.svelte.ts';

/** Without clicks each key has its usual meaning. */
export function segmentHandlers(app: App): Handlers {
  return {
    'object.next': () => nextChoice(app, 1),
    'object.previous': () => nextChoice(app, -1),
    'threshold.down': () => moveEdge(app, -1),
    'threshold.up': () => moveEdge(app, 1),
    'segment.sharper': () => sharper(app),
    'segment.acceptAndStay': () => app.tools.key('confirm'),
    'image.reviewed': () => void acceptAndGoOn(app),
  };
}
