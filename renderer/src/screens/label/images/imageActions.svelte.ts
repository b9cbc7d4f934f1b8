// What is done with images that were picked in the list: run, mark, delete their labels, export.
import { tick } from 'svelte';
import type { ImageId, ImageStatus } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { perProject } from '../../../state/perApp.svelte.ts';
import { showPanel } from '../../../state/room.ts';
import { text } from '../../../text/text.ts';
import { batchOf } from '../../jobs/batch/batch.svelte.ts';
import { noteImages } from '../said/image/imageNotes.ts';
import { askedOf } from '../../exchange/asked.svelte.ts';

const words = text.label.images;

class Clearing {
  /** What would be deleted, while it is asked; null = nothing is asked. */
  asked = $state.raw<{ readonly ids: readonly ImageId[]; readonly labels: number } | null>(null);
}

/** The question before labels are deleted: it stands in the bar of the picked images. */
export const clearingOf = perProject(() => new Clearing());

/** The filter takes the keys; where the list is not in sight it comes first. */
export async function reachFilter(app: App): Promise<void> {
  showPanel(app, 'images');
  await tick();
  document.getElementById('image-filter')?.focus();
}

/** The images that an action on `id` means: all picked ones where it is among them. */
export function targetsOf(app: App, id: ImageId): readonly ImageId[] {
  const { selected } = app.images;
  return selected.has(id) ? [...selected] : [id];
}

/** The batch dialog with these images chosen. */
export function runOn(app: App, ids: readonly ImageId[]): void {
  app.images.selected = new Set(ids);
  batchOf(app).which = 'selected';
  app.run('model.batch');
}

class Marking {
  /** Images to be marked, and those of them with undecided proposals; null = nothing is asked. */
  asked = $state.raw<{
    readonly ids: readonly ImageId[];
    readonly undecided: readonly ImageId[];
  } | null>(null);
}

/** The question before images are marked as reviewed: it stands in the bar of the picked images. */
export const markingOf = perProject(() => new Marking());

/** Marks images as reviewed; asks in place where proposals on some of them are still to be decided. */
export async function reviewThese(app: App, ids: readonly ImageId[]): Promise<void> {
  await app.attempt(async () => {
    await app.document.flush();
    const undecided = (await app.session.call('image.undecided', { imageIds: ids })).imageIds;
    if (undecided.length === 0) return markAs(app, ids, 'reviewed');
    app.images.selected = new Set(ids);
    showPanel(app, 'images');
    markingOf(app).asked = { ids, undecided };
  });
}

/** Answers the question: all of them, or those where everything is decided. */
export async function answerMarking(app: App, which: 'all' | 'decided'): Promise<void> {
  const { asked } = markingOf(app);
  markingOf(app).asked = null;
  if (!asked) return;
  const open = new Set(which === 'all' ? [] : asked.undecided);
  const ids = asked.ids.filter((id) => !open.has(id));
  if (ids.length > 0) await markAs(app, ids, 'reviewed');
}

/** Marks images and tells so; the toast takes it back, whatever had been said of each of them. */
export async function markAs(app: App, ids: readonly ImageId[], status: ImageStatus) {
  await app.attempt(async () => {
    await app.document.flush();
    const before = await say(app, ids, status);
    app.toasts.show(words.marked(ids.length, words.status[status]), {
      action: {
        label: text.common.undo,
        run: () =>
          void app.attempt(async () => {
            for (const { imageIds, status: said } of before) await say(app, imageIds, said);
          }),
      },
    });
  });
}

async function say({ session, images }: App, imageIds: readonly ImageId[], status: ImageStatus) {
  const answer = await session.call('image.setStatus', { imageIds, status });
  for (const image of answer.images) images.replace(image);
  return answer.before;
}

/** Asks in place how much that is; where there is nothing to delete, says so. */
export async function askToClear(app: App, ids: readonly ImageId[]): Promise<void> {
  await app.attempt(async () => {
    await app.document.flush();
    const found = await app.session.call('image.clearLabels', { imageIds: ids, dryRun: true });
    if (found.annotations === 0)
      return app.toasts.show(found.locked > 0 ? words.onlyLocked(found.locked) : words.noLabels);
    app.images.selected = new Set(ids);
    showPanel(app, 'images');
    clearingOf(app).asked = { ids, labels: found.annotations };
  });
}

export async function clear(app: App): Promise<void> {
  const { asked } = clearingOf(app);
  clearingOf(app).asked = null;
  if (!asked) return;
  const worked = await app.attempt(async () => {
    app.tools.leave();
    await app.document.flush();
    await app.session.call('image.clearLabels', { imageIds: asked.ids, dryRun: false });
    await app.document.reload();
    await app.images.refresh();
  });
  if (worked)
    app.toasts.show(words.cleared(asked.labels, asked.ids.length), {
      action: { label: text.common.undo, run: () => app.run('app.undo') },
    });
}

/** One step, however many images there are. */
export async function tagThese(app: App, ids: readonly ImageId[], tag: string): Promise<void> {
  if (await noteImages(app, ids, { add: [tag] }))
    app.toasts.show(text.said.tagged(ids.length, tag), {
      action: { label: text.common.undo, run: () => app.run('app.undo') },
    });
}

/** The export dialog with these images chosen. */
export function exportThese(app: App, ids: readonly ImageId[]): void {
  const asked = askedOf(app);
  asked.images = ids;
  // Another export than the one that was left at its check.
  asked.left = null;
  app.dialog = 'export';
}
