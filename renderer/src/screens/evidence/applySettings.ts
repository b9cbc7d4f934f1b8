// Putting tried settings to use: for one class on this image, or for the whole project.
import type { Category, RunSummary } from '../../../../electron/api/types.ts';
import type { App } from '../../state/app.svelte.ts';
import { text } from '../../text/text.ts';
import { paramsWith, UNCHANGED, type Live } from './liveSettings.ts';

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
  await saveThreshold(tried);
  await app.document.flush();
  await app.session.call('prelabel.reapply', {
    runId: run.runId,
    params: paramsWith(app.prelabel.params, live.overrides),
    thresholds: threshold === undefined ? {} : { [category.id]: threshold },
    draft: false,
    commit: true,
    only: [category.id],
  });
  await app.document.reload();
  app.toasts.show(text.evidence.live.used(category.name));
  return { ...live, thresholds: others };
}

/** Saves the settings with the project and makes all proposals of the image anew. */
export async function useForAllClasses(tried: Tried): Promise<Live> {
  const { app, run, live } = tried;
  const params = paramsWith(app.prelabel.params, live.overrides);
  await saveThreshold(tried);
  app.session.show(await app.session.call('project.setParams', { params }));
  await app.document.flush();
  await app.session.call('prelabel.reapply', {
    runId: run.runId,
    params,
    thresholds: {},
    draft: false,
    commit: true,
  });
  await app.document.reload();
  app.toasts.show(text.evidence.live.usedAll);
  return UNCHANGED;
}

async function saveThreshold({ app, category, live }: Tried): Promise<void> {
  const threshold = live.thresholds[category.id];
  if (threshold === undefined) return;
  await app.session.changeCategories([{ id: category.id, after: { threshold } }]);
}
