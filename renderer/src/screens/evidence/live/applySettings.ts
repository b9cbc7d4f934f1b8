// Putting tried settings to use, for one class on this image or for the whole project: one step, which undo
// takes back with thresholds, settings and masks together.
import { fixed } from '../../../text/plural.ts';
import type { Category } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { text } from '../../../text/text.ts';
import { paramsWith, UNCHANGED, type Live } from './liveSettings.ts';
import type { Input } from '../../../../../electron/api/methods.ts';
import type { RunSummary } from '../../../../../electron/api/run.ts';

export interface Tried {
  readonly app: App;
  readonly category: Category;
  readonly run: RunSummary;
  readonly live: Live;
}

/** Saves the class's threshold and makes its proposals anew. Returns what is still being tried. */
export async function useForClass(tried: Tried): Promise<Live> {
  const { app, category, live } = tried;
  const { [category.id]: threshold, ...others } = live.thresholds;
  await reapply(tried, {
    only: [category.id],
    step:
      threshold === undefined
        ? text.label.history.settings(category.name)
        : text.label.history.threshold(category.name, fixed(threshold, 2)),
  });
  app.toasts.show(text.evidence.live.used(category.name));
  return { ...live, thresholds: others };
}

/** Saves the settings with the project and makes all proposals of the image anew. */
export async function useForAllClasses(tried: Tried): Promise<Live> {
  await reapply(tried, { step: text.label.history.settingsForAll, keepParams: true });
  tried.app.toasts.show(text.evidence.live.usedAll);
  return UNCHANGED;
}

/** Stores what is tried, and shows what came of it. */
async function reapply(
  { app, category, run, live }: Tried,
  how: Pick<Input<'prelabel.reapply'>, 'only' | 'step' | 'keepParams'>,
): Promise<void> {
  // Of the class in view, where it was moved: that of other classes is still being tried.
  const threshold = live.thresholds[category.id];
  await app.document.flush();
  await app.session.call('prelabel.reapply', {
    runId: run.runId,
    params: paramsWith(app.prelabel.params, live.overrides),
    thresholds: threshold === undefined ? {} : { [category.id]: threshold },
    draft: false,
    commit: true,
    ...how,
  });
  await app.session.refreshProject();
  await app.document.reload();
}
