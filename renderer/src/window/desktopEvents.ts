// What the desktop tells the page: menu commands and projects opened from outside.
import type { App } from '../state/app.svelte.ts';
import { COMMANDS } from '../keys/commands.ts';
import { isModal } from '../ui/dialogs/modal.ts';
import { desktopBridge } from '../host/desktop.ts';

/**
 * Follows the desktop until the returned function is called; does nothing in a browser. `connected` tells
 * when the engine answers: a start with a project asks for it before that.
 */
export function followDesktop(app: App, connected: () => Promise<void>): () => void {
  const bridge = desktopBridge();
  if (!bridge) return () => undefined;
  const unsubscribe = [
    bridge.onMenu((id) => {
      const command = COMMANDS.find((one) => one.id === id);
      // A dialog is answered first, as with keys.
      if (command && !isModal()) app.run(command.id);
    }),
    bridge.onOpenProject((file) => void connected().then(() => app.openFile(file))),
  ];
  return () => unsubscribe.forEach((stop) => stop());
}
