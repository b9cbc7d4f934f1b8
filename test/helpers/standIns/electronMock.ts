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
export const dialogAnswers: {
  open: string | null;
  save: string | null;
  /** The button of the next message box. */
  button: number;
  asked: unknown[];
} = {
  open: null,
  save: null,
  button: 0,
  asked: [],
};
/** Message and error boxes that were shown. */
export const boxes: { readonly message: string; readonly detail?: string }[] = [];
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
  /** Answered at once, or by the signal that takes the box away. */
  showMessageBox: async (
    _window: unknown,
    options: { message: string; detail?: string; signal?: AbortSignal },
  ) => {
    boxes.push(options);
    if (dialogAnswers.button < 0)
      await new Promise((resolve) => options.signal?.addEventListener('abort', resolve));
    return { response: Math.max(0, dialogAnswers.button) };
  },
  showErrorBox: (message: string, detail: string) => void boxes.push({ message, detail }),
};

export class FakeContents extends EventEmitter {
  static nextId = 1;
  readonly id = FakeContents.nextId++;
  /** What was sent to the page, by channel. */
  readonly sent: { readonly channel: string; readonly value: unknown }[] = [];
  /** How often the page was loaded again, and ended on purpose. */
  reloads = 0;
  crashes = 0;
  reload(): void {
    this.reloads += 1;
  }
  forcefullyCrashRenderer(): void {
    this.crashes += 1;
  }
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
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string): Promise<void> {
    this.loaded = url;
  }
  focus(): void {}
  isDestroyed(): boolean {
    return false;
  }
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
/** Folders that were opened in the file manager. */
export const openedPaths: string[] = [];
/** Files that were to be shown in the file manager. */
export const shownFiles: string[] = [];
export const shell = {
  openExternal: async (url: string) => void openedOutside.push(url),
  openPath: async (path: string) => {
    openedPaths.push(path);
    return '';
  },
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
  appPath = process.cwd();
  isPackaged = false;
  getAppPath(): string {
    return this.appPath;
  }
  getPath(): string {
    return this.userData;
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
