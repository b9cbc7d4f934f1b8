// What to do when the engine is away: a browser's host comes back under another link, the desktop's own engine
// under the same window.
import { desktopBridge } from '../host/desktop.ts';
import { text } from '../text/text.ts';

export function lostText(): string {
  return desktopBridge() ? text.app.lost : text.app.lostInBrowser;
}
