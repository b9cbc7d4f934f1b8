// The bridge between page and window process: one narrow, frozen object. Never ipcRenderer itself.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopBridge } from '../api/wire/brokering.ts';

interface Reply {
  readonly ok: boolean;
  readonly data?: unknown;
  readonly error?: string;
}

const call = async (channel: string, ...args: unknown[]): Promise<unknown> => {
  const reply = (await ipcRenderer.invoke(channel, ...args)) as Reply;
  if (!reply.ok) throw new Error(reply.error);
  return reply.data;
};

const listen = (channel: string, listener: (value: unknown) => void) => {
  const forward = (_event: unknown, value: unknown) => listener(value);
  ipcRenderer.on(channel, forward);
  return () => void ipcRenderer.off(channel, forward);
};

// A port cannot pass the context bridge; the page takes it from a message of its own window.
ipcRenderer.on('enginePort', (event) => {
  window.postMessage({ salience: 'enginePort' }, window.location.origin, [...event.ports]);
});

const bridge: DesktopBridge = {
  requestEnginePort: () => void call('enginePort'),
  pick: async (kind, suggestedName) =>
    (await call('pick', kind, suggestedName)) as Awaited<ReturnType<DesktopBridge['pick']>>,
  handleForDrop: async (file) => {
    const path = webUtils.getPathForFile(file as File);
    return path === ''
      ? null
      : ((await call('dropped', path)) as Awaited<ReturnType<DesktopBridge['handleForDrop']>>);
  },
  onMenu: (listener) => listen('menu', (command) => listener(String(command))),
  onOpenProject: (listener) =>
    listen('openProject', (handle) => listener(handle as Parameters<typeof listener>[0])),
  setTheme: (theme) => void call('theme', theme),
  showAbout: () => void call('about'),
};

contextBridge.exposeInMainWorld('salience', bridge);
