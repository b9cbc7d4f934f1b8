// What the window's process and the engine's process say to each other, beside the peer frames.
// Both ends are ours; ports travel as transferables beside these messages.
import type { Handle } from '../types.ts';

export interface EngineStart {
  readonly userDataFolder: string;
  /** Folder of the built Node tree, where workers and the built-in pack lie. */
  readonly appFolder: string;
  readonly version: string;
}

/** What a media address stands for; a file is opened by the window's process, bytes come as they are. */
export type BrokeredMedia =
  | { readonly kind: 'file'; readonly path: string; readonly mime: string; readonly etag: string }
  | {
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      readonly mime: string;
      readonly etag: string;
    }
  | null;

/** What the engine asks of the system's secret store, which only the window's process can reach. */
export type SecretRequest =
  | { readonly verb: 'lasts' }
  | { readonly verb: 'get'; readonly name: string }
  | { readonly verb: 'set'; readonly name: string; readonly secret: string }
  | { readonly verb: 'remove'; readonly name: string };

export type ToEngine =
  | { readonly kind: 'start'; readonly start: EngineStart }
  /** A window's port comes with it. */
  | { readonly kind: 'client' }
  /** The port of inference generation n comes with it. */
  | { readonly kind: 'inference'; readonly generation: number }
  | { readonly kind: 'inferenceExited'; readonly generation: number; readonly reason: string }
  /** A path that a person chose in a native dialog, to be known by a handle from now on. */
  | { readonly kind: 'path'; readonly id: number; readonly path: string }
  | { readonly kind: 'media'; readonly id: number; readonly path: string }
  /** Nobody waits for that picture any more; there is no answer then. */
  | { readonly kind: 'mediaGone'; readonly id: number }
  /** The secret, or whether it lasts. */
  | { readonly kind: 'secret'; readonly id: number; readonly answer: string | boolean | null }
  /** A proxy's address; null = none. */
  | { readonly kind: 'proxy'; readonly id: number; readonly answer: string | null }
  | { readonly kind: 'stop' };

export type FromEngine =
  | { readonly kind: 'ready' }
  | { readonly kind: 'spawnInference'; readonly generation: number }
  | { readonly kind: 'killInference'; readonly generation: number }
  | { readonly kind: 'path'; readonly id: number; readonly handle: Handle }
  | { readonly kind: 'media'; readonly id: number; readonly media: BrokeredMedia }
  | { readonly kind: 'secret'; readonly id: number; readonly request: SecretRequest }
  /** Which proxy leads to this address? */
  | { readonly kind: 'proxy'; readonly id: number; readonly url: string }
  /** A file of the open project, to be shown in the system's file manager. */
  | { readonly kind: 'showFile'; readonly path: string }
  /** A page that this program wrote, to be opened in the system's browser. */
  | { readonly kind: 'openPage'; readonly path: string }
  | { readonly kind: 'log'; readonly line: string }
  | { readonly kind: 'stopped' };

/** The one object that the preload script gives to the page. */
export interface DesktopBridge {
  /** The engine's port arrives as a window message `{ salience: 'enginePort' }` with the port. */
  requestEnginePort(): void;
  /** Null when the person cancelled. */
  pick(
    kind: 'folder' | 'project' | 'file' | 'save',
    suggestedName?: string,
  ): Promise<Handle | null>;
  /**
   * What a dropped file (a DOM File) stands for: a folder or project itself, of any other file its folder.
   * Null when it has no place on a disk.
   */
  handleForDrop(file: object): Promise<Handle | null>;
  /** Told of every command that is chosen in the application menu, by its id; returns the unsubscribe. */
  onMenu(listener: (command: string) => void): () => void;
  /** A .salience file was opened from the desktop; returns the unsubscribe. */
  onOpenProject(listener: (file: Handle) => void): () => void;
  setTheme(theme: 'dark' | 'light' | 'system'): void;
  /** Shows the version, where newer ones are, and the licences. */
  showAbout(): void;
}
