// Commands that every screen has.
import type { ImageId } from '../../../electron/api/types.ts';
import type { Handlers } from '../state/commands.svelte.ts';
import type { App } from '../state/app.svelte.ts';
import type { ScreenId } from '../state/session/screenId.ts';
import { clock } from '../text/plural.ts';
import { stepText } from '../text/named.ts';
import { text } from '../text/text.ts';
import { helpOf } from '../screens/help/help.svelte.ts';
import { chooseFolder, chooseProject } from '../panels/openProject.ts';
import { nextRedo, nextUndo } from '../panels/stepWords.ts';
import { moveRegion } from './regions.ts';

/** Handlers of the window itself; screens put theirs on top. */
export function globalHandlers(app: App): Handlers {
  const screen = (id: ScreenId) => () => {
    if (id !== 'models' && id !== 'settings' && id !== 'home' && !app.session.project) return false;
    app.go(id);
    return true;
  };
  const inProject = (act: () => void) => () => {
    if (!app.session.project) return false;
    act();
    return true;
  };
  return {
    'screen.label': screen('label'),
    'screen.evidence': screen('evidence'),
    'screen.review': screen('review'),
    'screen.jobs': screen('jobs'),
    'screen.tune': screen('tune'),
    'screen.statistics': screen('statistics'),
    'screen.models': screen('models'),
    'screen.settings': screen('settings'),
    'app.home': screen('home'),
    'app.palette': () => void (app.dialog = 'palette'),
    'app.help': () => helpOf(app).open(),
    'app.keys': () => void (app.dialog = 'keys'),
    'app.openFolder': () => chooseFolder(app),
    'app.openProject': () => chooseProject(app),
    'app.openSample': () => void app.openSample(),
    'app.import': inProject(() => (app.dialog = 'import')),
    'app.export': inProject(() => (app.dialog = 'export')),
    'model.compare': inProject(() => {
      if (app.document.image) app.dialog = 'compare';
    }),
    'model.batch': inProject(() => (app.dialog = 'batch')),
    'app.region': () => moveRegion(1),
    'app.regionBack': () => moveRegion(-1),
    'app.undo': inProject(() => void undo(app)),
    'app.redo': inProject(() => void redo(app)),
    'app.save': inProject(() => void save(app)),
    'app.escape': () => {
      if (!app.toasts.current) return false;
      app.toasts.dismiss();
      return true;
    },
  };
}

/** True for an edit of the open image, and for one of no image: the deletion of an unused class. */
function isHere({ document }: App, imageId: ImageId): boolean {
  return imageId === document.image?.id || imageId < 1;
}

async function undo(app: App): Promise<void> {
  // Steps of the shape under way come before anything that is saved.
  const own = nextUndo(app);
  if (app.tools.undo()) return app.toasts.say(text.label.live.undone(own ?? ''));
  await app.attempt(async () => {
    const step = await app.document.undo();
    if (!step) return app.toasts.say(text.label.live.nothingToUndo);
    app.tools.savedStep(1);
    if (isHere(app, step.imageId))
      return app.toasts.say(text.label.live.undone(stepText(step.label)));
    app.toasts.show(text.label.live.undoneElsewhere(stepText(step.label), step.imageName), {
      action: { label: text.common.goThere, run: () => void app.openImage(step.imageId) },
    });
  });
}

async function redo(app: App): Promise<void> {
  const own = nextRedo(app);
  if (app.tools.redo()) return app.toasts.say(text.label.live.redone(own ?? ''));
  await app.attempt(async () => {
    const step = await app.document.redo();
    if (!step) return app.toasts.say(text.label.live.nothingToRedo);
    app.tools.savedStep(-1);
    if (isHere(app, step.imageId))
      return app.toasts.say(text.label.live.redone(stepText(step.label)));
    app.toasts.show(text.label.live.redoneElsewhere(stepText(step.label), step.imageName), {
      action: { label: text.common.goThere, run: () => void app.openImage(step.imageId) },
    });
  });
}

async function save(app: App): Promise<void> {
  await app.attempt(async () => {
    await app.document.flush();
    app.toasts.show(text.topbar.savedAt(clock(app.document.savedAt ?? new Date())));
  });
}
