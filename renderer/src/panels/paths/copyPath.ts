// Copies a path for a person who goes there by hand.
import type { App } from '../../state/app.svelte.ts';
import { text } from '../../text/text.ts';

/** Where the browser refuses the clipboard the path stands there to be read. */
export async function copyPath(app: Pick<App, 'toasts'>, path: string): Promise<void> {
  const copied = await navigator.clipboard.writeText(path).then(
    () => true,
    () => false,
  );
  app.toasts.show(copied ? text.label.canvas.pathCopied(path) : path);
}
