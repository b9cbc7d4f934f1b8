// Stand-in for `electron`: requiring the real package fetches a binary. It records what the window's
// process asks of Electron and lets a test play Electron's part.
import { EventEmitter } from 'node:events';

type Listener = (...args: never[]) => unknown;

/** Calls registered with ipcMain.handle, by channel. */
export const registeredCalls = new Map<string, Listener>();
export const ipcMain = {
  handle: (channel: string, listener: Listener) => void registeredCalls.set(channel, listener),
};

/** Answers that the next dialogs give. */
export const dialogAnswers: { open: string | null; save: string | null; asked: unknown[] } = {
  open: null,
  save: null,
  asked: [],
};
export const dialog = {
  showOpenDialog: async (_window: unknown, options: unknown) => {
    dialogAnswers.asked.push(options);
    return {
      canceled: dialogAnswers.open === null,
      filePaths: dialogAnswers.open === null ? [] : [dialogAnswers.open],
    };
  },
  showSaveDialog: async (_window: unknown, options: unknown) => {
    dialogAnswers.asked.push(options);
    return { canceled: dialogAnswers.save === null, filePath: dialogAnswers.save ?? '' };
  },
};

export class FakeContents extends EventEmitter {
  static nextId = 1;
  readonly id = FakeContents.nextId++;
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  static opened: BrowserWindow[] = [];
  readonly webContents = new FakeContents();
  loaded: string | null = null;
  shown = false;
  readonly options: unknown;
  constructor(options: unknown) {
    super();
    this.options = options;
    BrowserWindow.opened.push(this);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
  }
  show(): void {
    this.shown = true;
  }
  maximize(): void {}
  isMaximized(): boolean {
    return false;
  }
  getNormalBounds() {
    return { x: 1, y: 2, width: 1300, height: 800 };
  }
}

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
};

export const openedOutside: string[] = [];
export const shell = { openExternal: async (url: string) => void openedOutside.push(url) };

/** A child process that a test drives. */
export class FakeUtilityProcess extends EventEmitter {
  pid: number | undefined = 42;
  killed = false;
  readonly sent: { message: unknown; ports: unknown[] }[] = [];
  readonly stdout = new EventEmitter();
  readonly stderr = new EventEmitter();
  postMessage(message: unknown, ports: unknown[] = []): void {
    this.sent.push({ message, ports });
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}
