// The one object that the desktop's preload puts on the window; absent in a browser.
import type { DesktopBridge } from '../../../electron/api/wire/brokering.ts';

declare global {
  interface Window {
    readonly salience?: DesktopBridge;
  }
}

/** The desktop's bridge, or null in a browser. */
export function desktopBridge(): DesktopBridge | null {
  return window.salience ?? null;
}
