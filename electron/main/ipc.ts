// The validated way to answer the page: sender checked, reply as data. Nothing else touches ipcMain.
import type { IpcMainInvokeEvent } from 'electron';
import { ipcMain } from 'electron';
import { mayCall } from './security.ts';

export type Reply<T> =
  { readonly ok: true; readonly data: T } | { readonly ok: false; readonly error: string };

/** Ids of the web contents that this program opened. */
const known = new Set<number>();

export function trustContents(contents: {
  readonly id: number;
  once(event: 'destroyed', listener: () => void): unknown;
}): void {
  known.add(contents.id);
  contents.once('destroyed', () => known.delete(contents.id));
}

const allowed = (event: IpcMainInvokeEvent): boolean => {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    mayCall(
      { isTopFrame: frame === frame.top, address: frame.url, contentsId: event.sender.id },
      known,
    )
  );
};

/** Registers a call. A foreign sender is refused; a failure is returned as data, since invoke keeps only texts. */
export function handle<T>(
  channel: string,
  answer: (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<T> | T,
): void {
  ipcMain.handle(channel, async (event, ...args: unknown[]): Promise<Reply<T>> => {
    if (!allowed(event)) return { ok: false, error: 'Refused: this page may not call.' };
    try {
      return { ok: true, data: await answer(event, ...args) };
    } catch (error) {
      return { ok: false, error: error instanceof Error ? error.message : String(error) };
    }
  });
}
