// The desktop without its binary: the real preload script in a page of the browser host, over a stand-in
// for Electron's half of it. What the window's process answers is the test's word.
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const PRELOAD = join(import.meta.dirname, '../../../electron/preload/preload.ts');

/** Answers the page's calls by channel, as the window's process does. */
export type DesktopAnswers = Readonly<Record<string, (...args: unknown[]) => unknown>>;

/** Electron's modules for a preload script; its engine port leads to the browser host's socket. */
function standIn(): void {
  type Listener = (event: unknown, ...args: unknown[]) => void;
  const page = window as unknown as Record<string, unknown>;
  const listeners = new Map<string, Set<Listener>>();
  const emit = (channel: string, event: unknown, ...args: unknown[]) =>
    listeners.get(channel)?.forEach((listener) => listener(event, ...args));
  const openPort = () => {
    const socket = new WebSocket(new URL('rpc', location.href.replace(/^http/, 'ws')));
    socket.binaryType = 'arraybuffer';
    const { port1, port2 } = new MessageChannel();
    const opened = new Promise<void>((resolve) => (socket.onopen = () => resolve()));
    port1.onmessage = ({ data }: MessageEvent<Uint8Array<ArrayBuffer>>) =>
      void opened.then(() => socket.send(data));
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) =>
      port1.postMessage(new Uint8Array(data));
    emit('enginePort', { ports: [port2] });
  };
  page['desktopEmit'] = (channel: string, value: unknown) => emit(channel, {}, value);
  page['electron'] = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) => (page[name] = Object.freeze(api)),
    },
    ipcRenderer: {
      on: (channel: string, listener: Listener) =>
        listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener)),
      off: (channel: string, listener: Listener) => listeners.get(channel)?.delete(listener),
      async invoke(channel: string, ...args: unknown[]) {
        if (channel === 'enginePort') return (openPort(), { ok: true });
        return (page['desktopInvoke'] as (...all: unknown[]) => Promise<unknown>)(channel, args);
      },
    },
    webUtils: { getPathForFile: ({ name }: File) => `/dropped/${name}` },
  };
}

/** Makes every later load of the page a desktop window. */
export async function asDesktop(page: Page, answers: DesktopAnswers): Promise<void> {
  await page.exposeFunction('desktopInvoke', (channel: string, args: unknown[]) => {
    const answer = answers[channel];
    return answer
      ? { ok: true, data: answer(...args) ?? null }
      : { ok: false, error: `nobody answers ${channel}` };
  });
  const preload = stripTypeScriptTypes(readFileSync(PRELOAD, 'utf8')).replace(
    /import\s*\{([^}]*)\}\s*from 'electron';/,
    'const {$1} = window.electron;',
  );
  if (preload.includes('import ')) throw new Error('the preload script imports more than electron');
  await page.addInitScript({
    content: `(${stripTypeScriptTypes(standIn.toString())})();\n(() => {${preload}\n})();`,
  });
}

/** What the window's process sends by itself. */
export async function fromDesktop(page: Page, channel: string, value: string): Promise<void> {
  await page.evaluate(
    ([name, sent]) =>
      (window as unknown as { desktopEmit(name: string, value: string): void }).desktopEmit(
        name!,
        sent!,
      ),
    [channel, value],
  );
}
