// Putting tried settings to use, for one class on this image or for the whole project: one step, which undo
// takes back with thresholds, settings and masks together.
import { fixed } from '../../../text/plural.ts';
import type { Category } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { text } from '../../../text/text.ts';
import { paramsWith, UNCHANGED, type Live } from './liveSettings.ts';
import type { RunSummary } from '../../../../../electron/api/run.ts';

export interface Tried {
  readonly app: App;
  readonly category: Category;
  readonly run: RunSummary;
  readonly live: Live;
}

/** Saves the class's threshold and makes its proposals anew. Returns what is still being tried. */
export async function useForClass(tried: Tried): Promise<Live> {
  const { app, category, run, live } = tried;
  const { [category.id]: threshold, ...others } = live.thresholds;
  await app.document.flush();
  await app.session.call('prelabel.reapply', {
    runId: run.runId,
    params: paramsWith(app.prelabel.params, live.overrides),
    thresholds: thresholdOf(tried),
    draft: false,
    commit: true,
    only: [category.id],
    step:
      threshold === undefined
        ? text.label.history.settings(category.name)
        : text.label.history.threshold(category.name, fixed(threshold, 2)),
  });
  await refreshed(app);
  app.toasts.show(text.evidence.live.used(category.name));
  return { ...live, thresholds: others };
}

/** Saves the settings with the project and makes all proposals of the image anew. */
export async function useForAllClasses(tried: Tried): Promise<Live> {
  const { app, run, live } = tried;
  await app.document.flush();
  await app.session.call('prelabel.reapply', {
    runId: run.runId,
    params: paramsWith(app.prelabel.params, live.overrides),
    thresholds: thresholdOf(tried),
    draft: false,
    commit: true,
    step: text.label.history.settingsForAll,
    keepParams: true,
  });
  await refreshed(app);
  app.toasts.show(text.evidence.live.usedAll);
  return UNCHANGED;
}

/** Of the class in view, where it was moved: that of other classes is still being tried. */
function thresholdOf({ category, live }: Tried): { readonly [categoryId: number]: number } {
  const threshold = live.thresholds[category.id];
  return threshold === undefined ? {} : { [category.id]: threshold };
}

async function refreshed(app: App): Promise<void> {
  await app.session.refreshProject();
  await app.document.reload();
}
