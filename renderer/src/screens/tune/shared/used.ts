// Settings put to use from a figure of Tune, told with the way back.
import type { App } from '../../../state/app.svelte.ts';
import { text } from '../../../text/text.ts';

/** `use` does it and resolves with the step back. */
export async function used(
  app: App,
  use: () => Promise<() => Promise<void>>,
  said: { readonly done: string; readonly undone: string },
): Promise<void> {
  await app.attempt(async () => {
    const undo = await use();
    app.toasts.show(said.done, {
      action: {
        label: text.common.undo,
        run: () => void app.attempt(undo).then(() => app.toasts.say(said.undone)),
      },
    });
  });
}
