// Undo of a decision over many images, from a toast or a key: the list is read anew afterwards.
import type { App } from '../../state/app.svelte.ts';
import { stepText } from '../../text/named.ts';
import { text } from '../../text/text.ts';
import { reviewOf } from './review.svelte.ts';

/** Takes the latest step back, whatever image it was on. */
export async function undoLatest(app: App): Promise<void> {
  await app.attempt(async () => {
    const step = await app.document.undo();
    app.toasts.say(
      step ? text.label.live.undone(stepText(step.label)) : text.label.live.nothingToUndo,
    );
    await app.session.refreshProject();
    await reviewOf(app).settle();
  });
}

export async function redoLatest(app: App): Promise<void> {
  await app.attempt(async () => {
    const step = await app.document.redo();
    app.toasts.say(
      step ? text.label.live.redone(stepText(step.label)) : text.label.live.nothingToRedo,
    );
    await app.session.refreshProject();
    await reviewOf(app).settle();
  });
}
