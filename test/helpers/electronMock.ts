// Stand-in for `electron`: requiring the real package fetches a binary. It records what the window's
// process asks of Electron and lets a test play Electron's part.
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';

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
  /** What was sent to the page, by channel. */
  readonly sent: { readonly channel: string; readonly value: unknown }[] = [];
  send(channel: string, value: unknown): void {
    this.sent.push({ channel, value });
  }
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }
}

export class BrowserWindow extends EventEmitter {
  static opened: BrowserWindow[] = [];
  static getFocusedWindow = () => BrowserWindow.opened.at(-1) ?? null;
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
  focus(): void {}
  isMinimized(): boolean {
    return false;
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
/** Files that were to be shown in the file manager. */
export const shownFiles: string[] = [];
export const shell = {
  openExternal: async (url: string) => void openedOutside.push(url),
  showItemInFolder: (path: string) => void shownFiles.push(path),
};

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

/** The program itself; a test emits its events and sees what was asked of it. */
class FakeApp extends EventEmitter {
  readonly asked: { readonly verb: string; readonly value?: unknown }[] = [];
  userData = '';
  isPackaged = false;
  getPath(): string {
    return this.userData;
  }
  getAppPath(): string {
    return process.cwd();
  }
  getVersion(): string {
    return '0.0.0';
  }
  requestSingleInstanceLock(): boolean {
    return true;
  }
  async whenReady(): Promise<void> {}
  quit(): void {
    this.asked.push({ verb: 'quit' });
  }
  exit(code: number): void {
    this.asked.push({ verb: 'exit', value: code });
  }
  relaunch(options: unknown): void {
    this.asked.push({ verb: 'relaunch', value: options });
  }
}
export const app = new FakeApp();

/** The application menu as it was set last. */
export const menus: { current: unknown } = { current: null };
export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => void (menus.current = menu),
};

export const nativeTheme = { shouldUseDarkColors: true, themeSource: 'system' };

/** Schemes that were registered, with what answers their requests. */
export const schemes = new Map<string, (request: Request) => Promise<Response>>();
export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle: (scheme: string, answer: (request: Request) => Promise<Response>) =>
    void schemes.set(scheme, answer),
};

export const safeStorage = { isEncryptionAvailable: () => false };

/** What the system's proxy settings say, by address. */
export const proxies = new Map<string, string>();
const deny = () => undefined;
export const session = {
  defaultSession: {
    setPermissionRequestHandler: deny,
    setPermissionCheckHandler: deny,
    setDevicePermissionHandler: deny,
    resolveProxy: async (url: string) => proxies.get(url) ?? 'DIRECT',
  },
};

/** What starts processes; a test puts its own here. */
export const processHost: { fork: (entry: string, options: unknown) => unknown } = {
  fork: () => new FakeUtilityProcess(),
};
export const utilityProcess = {
  fork: (entry: string, _args: readonly string[], options: unknown) =>
    processHost.fork(entry, options),
};
export const MessageChannelMain = MessageChannel;
