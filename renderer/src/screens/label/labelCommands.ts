// What the keys do on the Label screen.
import type { CategoryId } from '../../../../electron/api/types.ts';
import {
  decideOn,
  goToNextProposal,
  proposalsAtHand,
  proposalsInView,
} from './objects/decisions.ts';
import type { App } from '../../state/app.svelte.ts';
import type { Handlers } from '../../state/commands.svelte.ts';
import { text } from '../../text/text.ts';
import { merge } from '../../tools/edits.ts';
import { relabel } from '../../tools/factEdits.ts';
import type { ToolId } from '../../tools/types.ts';
import { evidenceOf } from '../evidence/strip/strip.svelte.ts';
import { cleanUpOf } from './clean/cleanUp.svelte.ts';
import { reachFilter } from './images/imageActions.svelte.ts';
import { objectHandlers } from './objects/objectCommands.ts';
import { firstPackOf } from '../models/first/firstPack.svelte.ts';
import { describe } from './objects/unfinished.ts';
import { markReviewed } from './reviewed.svelte.ts';
import { stepBy, stepOpen } from '../../state/walk.ts';

const TOOLS: readonly ToolId[] = [
  'select',
  'pan',
  'segment',
  'brush',
  'eraser',
  'polygon',
  'box',
  'wand',
  'fill',
  'split',
  'merge',
];
/** A key held no longer than this was pressed, not held. */
const TAP_MS = 250;

/** Handlers of the Label screen; `ui` opens what belongs to its components. */
export function labelHandlers(
  app: App,
  ui: {
    readonly toggleTones: () => void;
    readonly askNumber: () => void;
    readonly askClass: () => void;
  },
): Handlers {
  const { document, viewport, tools, prelabel } = app;
  const evidence = evidenceOf(app);

  let peekedAtMs = -Infinity;
  const hold = (act: (on: boolean) => void) => (down: boolean) => act(down);

  return {
    ...Object.fromEntries(TOOLS.map((id) => [`tool.${id}`, () => tools.choose(id)])),
    'tool.polygon': () => {
      if (tools.id === 'polygon' && tools.busy) return;
      tools.choose('polygon');
      const single = document.selected.length === 1;
      tools.setOptions({ polygonMode: single ? 'edit' : 'new' });
    },
    'tool.merge': () => {
      const draft =
        document.selected.length > 1 && tools.id === 'select' ? merge(document.selected) : null;
      if (!draft) return tools.choose('merge');
      document.commit(draft);
      document.select(draft.changes.slice(0, 1).map((change) => change.id));
    },
    'tool.swap': () => tools.choose(tools.id === 'brush' ? 'eraser' : 'brush'),
    'brush.smaller': () => tools.resizeBrush(1 / 1.15),
    'brush.larger': () => tools.resizeBrush(1.15),
    'brush.muchSmaller': () => tools.resizeBrush(0.5),
    'brush.muchLarger': () => tools.resizeBrush(2),

    'image.next': () => void stepBy(app, 1),
    'image.previous': () => void stepBy(app, -1),
    'image.nextOpen': () => void stepOpen(app, 1),
    'image.previousOpen': () => void stepOpen(app, -1),
    'image.first': () => void app.openIndex(0),
    'image.last': () => void app.openIndex(Math.max(0, app.images.total - 1)),
    'image.goTo': ui.askNumber,
    'image.filter': () => void reachFilter(app),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [`filter.${n}`, () => useSavedFilter(app, n)]),
    ),
    'image.reviewed': () => void markReviewed(app),

    'proposal.accept': () => {
      if (tools.key('confirm')) return true;
      const proposals = proposalsAtHand(app);
      if (proposals.length === 0) return goToNextProposal(app);
      decideOn(app, proposals, 'accepted');
      followHint(app, 'accept');
      return true;
    },
    'proposal.reject': () => {
      if (tools.key('back')) return true;
      const proposals = proposalsAtHand(app);
      if (proposals.length === 0) return false;
      decideOn(app, proposals, 'rejected');
      return true;
    },
    'proposal.acceptAll': () => decideOn(app, proposalsInView(app), 'accepted'),

    'model.run': () => {
      followHint(app, 'run');
      void run(app);
    },
    'model.prompt': () => void globalThis.document.getElementById('prompt-input')?.focus(),
    'evidence.toggle': () => evidence.toggle(),
    'evidence.previous': () => evidence.walk(-1),
    'evidence.next': () => {
      followHint(app, 'strip');
      return evidence.walk(1);
    },
    'evidence.open': () => {
      if (evidence.categoryId !== null) evidence.chosen = evidence.categoryId;
      app.go('evidence');
    },

    'view.fit': () => viewport.fit(),
    'view.actual': () => viewport.actualSize(),
    'view.zoomIn': () => viewport.zoom(2),
    'view.zoomOut': () => viewport.zoom(-2),
    'view.contrast': ui.toggleTones,
    'view.peek': hold((on) => {
      viewport.peek = on ? 'masks' : 'none';
      if (on) peekedAtMs = performance.now();
      // Pressed and let go at once: the others stay hidden until it is pressed again.
      else if (performance.now() - peekedAtMs < TAP_MS) hideOthers(app);
    }),
    'view.photo': hold((on) => (viewport.peek = on ? 'photo' : 'none')),
    'view.pan': hold((on) => (viewport.panning = on)),
    'view.panels': () => app.layout.toggleAll(),
    'view.hideOthers': () => hideOthers(app),

    ...objectHandlers(app, ui.askClass),

    ...Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [`class.${n}`, () => chooseClass(app, n)]),
    ),

    'app.escape': () => {
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
    },
  };
}

async function run(app: App): Promise<void> {
  if (firstPackOf(app).hold()) return;
  const { image } = app.document;
  const proposals = await app.prelabel.run();
  if (!proposals || !image) return;
  if (app.document.image?.id !== image.id) {
    app.toasts.show(text.label.live.foundElsewhere(proposals.length, image.name), {
      action: { label: text.common.goThere, run: () => void app.openImage(image.id) },
    });
    return;
  }
  if (app.document.proposals.length === 0) return;
  app.toasts.say(text.label.live.found(proposals.length));
  const first = app.document.proposals[0];
  // A selection decides what a tool paints on: whoever draws meanwhile keeps theirs.
  const isFree = app.tools.id === 'select' && !app.tools.busy;
  if (first && isFree && app.document.selection.size === 0) app.document.select([first.id]);
}

function chooseClass(app: App, key: number): boolean {
  const { session, document, tools } = app;
  const category =
    session.categories.find((candidate) => candidate.hotkey === key) ?? session.categories[key - 1];
  if (!category) return false;
  if (tools.pin(category.id)) return true;
  changeClass(app, category.id);
  if (document.selected.length === 0) tools.chooseCategory(category.id);
  return true;
}

/** Gives the selection another class and makes it the active one. */
function changeClass({ session, document, tools }: App, id: CategoryId): void {
  tools.chooseCategory(id);
  const draft = relabel(document.selected, id, session.categoryById.get(id)?.name ?? '');
  if (draft) document.commit(draft);
}

/** The saved filter with this key; again takes it off. */
function useSavedFilter(app: App, key: number): boolean {
  const saved = app.session.project?.filters[key - 1];
  if (!saved) return false;
  const { images } = app;
  void app.attempt(() => images.setWords(images.filterWords === saved.words ? '' : saved.words));
  return true;
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

/** A first-run hint was followed: it has done its work. */
function followHint(app: App, hint: 'run' | 'strip' | 'accept'): void {
  const seen = app.session.settings.hintsSeen;
  if (!seen.includes(hint))
    void app.attempt(() => app.session.changeSettings({ hintsSeen: [...seen, hint] }));
}
