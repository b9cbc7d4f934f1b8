// The one object that the desktop's preload puts on the window; absent in a browser.
import type { Handle } from '../../../electron/api/types.ts';

export interface DesktopBridge {
  /** The preload answers by posting a message with one port: `{ salience: 'enginePort' }`. */
  requestEnginePort(): void;
  pickFolder(): Promise<Handle | null>;
  pickFile(kind: 'project' | 'coco'): Promise<Handle | null>;
  pickSave(suggestedName: string): Promise<Handle | null>;
  /** A folder or file dropped on the window; null when it is neither. */
  handleForDrop?(file: File): Promise<Handle | null>;
  onMenu?(listener: (command: string) => void): () => void;
}

declare global {
  interface Window {
    readonly salience?: DesktopBridge;
  }
}

/** The desktop's bridge, or null in a browser. */
export function desktopBridge(): DesktopBridge | null {
  return window.salience ?? null;
}
