// What the keys do on the Label screen.
import type { Category } from '../../../../electron/api/types.ts';
import { classKeyHandlers } from '../../panels/classKeyCommands.ts';
import type { App } from '../../state/app.svelte.ts';
import type { Handlers } from '../../state/commands.svelte.ts';
import { text } from '../../text/text.ts';
import { relabel } from '../../tools/factEdits.ts';
import { evidenceOf } from '../evidence/strip/strip.svelte.ts';
import { cleanUpOf } from './clean/cleanUp.svelte.ts';
import { imageHandlers } from './images/imageCommands.ts';
import { objectHandlers } from './objects/objectCommands.ts';
import { describe } from './objects/unfinished.ts';
import { modelHandlers } from './prompt/modelCommands.ts';
import { toolHandlers } from './tools/toolCommands.ts';

/** A key held no longer than this was pressed, not held. */
const TAP_MS = 250;

/** What belongs to the screen's components. */
interface LabelUi {
  readonly toggleTones: () => void;
  readonly askNumber: () => void;
  readonly askClass: () => void;
  readonly askMerge: () => void;
}

export function labelHandlers(app: App, ui: LabelUi): Handlers {
  return {
    ...toolHandlers(app),
    ...imageHandlers(app, ui.askNumber),
    ...modelHandlers(app),
    ...viewHandlers(app, ui.toggleTones),
    ...objectHandlers(app, ui.askClass),
    ...classKeyHandlers(app, (category) => chooseClass(app, category)),
    'class.merge': () => mergeClass(app, ui.askMerge),
    'app.escape': () => escape(app),
  };
}

function viewHandlers(app: App, toggleTones: () => void): Handlers {
  const { viewport } = app;
  let peekedAtMs = -Infinity;
  const hold = (act: (on: boolean) => void) => (down: boolean) => act(down);
  return {
    'view.fit': () => viewport.fit(),
    'view.actual': () => viewport.actualSize(),
    'view.zoomIn': () => viewport.zoom(2),
    'view.zoomOut': () => viewport.zoom(-2),
    'view.contrast': toggleTones,
    'view.peek': hold((on) => {
      viewport.peek = on ? 'masks' : 'none';
      if (on) peekedAtMs = performance.now();
      // A short press: the other objects stay hidden until the key is pressed again.
      else if (performance.now() - peekedAtMs < TAP_MS) hideOthers(app);
    }),
    'view.photo': hold((on) => (viewport.peek = on ? 'photo' : 'none')),
    'view.pan': hold((on) => (viewport.panning = on)),
    'view.panels': () => app.layout.toggleAll(),
    'view.hideOthers': () => hideOthers(app),
  };
}

/** Escape ends what is nearest: work under way, a panel, a drawer, a pin, the selection; false when nothing is. */
function escape(app: App): boolean {
  const { document, tools, prelabel } = app;
  const evidence = evidenceOf(app);
  const waiting = tools.parking.waiting.length;
  if (tools.key('cancel')) {
    const parked = tools.parking.waiting.at(-1);
    if (parked && tools.parking.waiting.length > waiting) {
      const { name, points } = describe(app, parked);
      app.toasts.say(text.label.unfinished.parked(name, points));
    }
    return true;
  }
  if (cleanUpOf(app).isOpen) {
    cleanUpOf(app).close();
    return true;
  }
  if (app.layout.drawer !== null) {
    app.layout.drawer = null;
    return true;
  }
  if (evidence.pinned) {
    evidence.pinned = null;
    return true;
  }
  if (tools.id !== 'select') {
    tools.choose('select');
    return true;
  }
  if (document.selection.size > 0) {
    document.select([]);
    return true;
  }
  if (prelabel.running) {
    prelabel.stop();
    app.toasts.say(text.label.live.runStopped);
    return true;
  }
  return false;
}

/** Gives what is under way or the selection another class and makes it the active one. */
function chooseClass({ document, tools }: App, { id, name }: Category): void {
  if (tools.pin(id)) return;
  tools.chooseCategory(id);
  const draft = relabel(document.selected, id, name);
  if (draft) document.commit(draft);
}

/** Asks where the class in hand is to go, when there is another one. */
function mergeClass({ session, toasts }: App, ask: () => void): void {
  if (session.categories.length > 1) ask();
  else toasts.show(text.label.classes.mergeAlone);
}

function hideOthers({ document }: App): void {
  if (document.hiddenObjects.size > 0) {
    document.hiddenObjects = new Set();
    return;
  }
  if (document.selection.size === 0) return;
  document.hiddenObjects = new Set(
    document.ordered
      .filter((object) => !document.selection.has(object.id))
      .map((object) => object.id),
  );
}
