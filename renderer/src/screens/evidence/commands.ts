// Commands of the Evidence screen; what it does not answer stays with the window.
import type { App } from '../../state/app.svelte.ts';
import type { Handlers } from '../../state/commands.svelte.ts';
import type { Viewport } from '../../state/view/viewport.svelte.ts';
import { asideOf } from '../models/compare/aside.svelte.ts';
import { firstPackOf } from '../models/first/firstPack.svelte.ts';
import type { EvidenceView } from './view.svelte.ts';
import { stepBy } from '../../state/walk.ts';

export function evidenceHandlers(app: App, view: EvidenceView, viewport: Viewport): Handlers {
  const withRun = (act: () => boolean | void) => () => {
    if (!view.run) return false;
    return act();
  };
  const step = (by: number) => {
    view.tried.setThreshold(view.tried.threshold + by);
    view.tried.letGo();
  };
  return {
    'model.run': () => {
      if (!firstPackOf(app).hold()) void app.prelabel.run();
    },
    'image.next': () => void stepBy(app, 1),
    'image.previous': () => void stepBy(app, -1),
    'evidence.next': withRun(() => view.film.walk(1)),
    'evidence.previous': withRun(() => view.film.walk(-1)),
    'evidence.first': withRun(() => view.film.toEnd(view.film.frames, 'first')),
    'evidence.last': withRun(() => view.film.toEnd(view.film.frames, 'last')),
    // Home and End belong to the film here.
    'image.first': withRun(() => view.film.toEnd(view.film.frames, 'first')),
    'image.last': withRun(() => view.film.toEnd(view.film.frames, 'last')),
    'evidence.toggle': withRun(() => void (view.film.overlayOn = !view.film.overlayOn)),
    'threshold.down': withRun(() => step(-0.01)),
    'threshold.up': withRun(() => step(0.01)),
    'app.undo': () => view.tried.turn('undo'),
    'app.redo': () => view.tried.turn('redo'),
    'view.photo': (down) => void (app.viewport.peek = down ? 'photo' : 'none'),
    'view.fit': withRun(() => viewport.fit()),
    'view.actual': withRun(() => viewport.actualSize()),
    'view.zoomIn': withRun(() => viewport.zoom(1)),
    'view.zoomOut': withRun(() => viewport.zoom(-1)),
    'app.escape': () => {
      if (app.toasts.current) return false;
      const aside = asideOf(app);
      if (aside.isOpen && view.film.pinned === null) {
        aside.leave();
        return true;
      }
      if (view.film.hovered !== null || view.film.pinned !== null) {
        view.film.hovered = view.film.pinned = null;
        return true;
      }
      app.go('label');
      return true;
    },
  };
}
