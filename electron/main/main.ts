// Entry of the window's process: wiring only. It loads neither onnxruntime nor the database.
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  dialog,
  Menu,
  MessageChannelMain,
  nativeTheme,
  protocol,
  safeStorage,
  session,
  shell,
  utilityProcess,
} from 'electron';
import { writeFileWhole } from './atomicFile.ts';
import type { FolderMemory, PickKind } from './dialogs.ts';
import { droppedPath, isPickKind, pick, safeName } from './dialogs.ts';
import { handle } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import type { Processes } from './processes.ts';
import { startProcesses } from './processes.ts';
import { appResponse, mediaSchemeResponse, SCHEMES } from './protocols.ts';
import { restartArguments } from './restart.ts';
import { secretAnswers } from './secrets.ts';
import { askedProjects } from './singleInstance.ts';
import { lookForUpdate } from './updates.ts';
import { lockSession, openWindow } from './windows.ts';

/** Engine and inference get these and nothing else of our environment. */
const PASSED_ENVIRONMENT = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SYSTEMROOT',
  'APPDATA',
  'LOCALAPPDATA',
  'TMPDIR',
  'TEMP',
  'LANG',
  'XDG_RUNTIME_DIR',
  'VK_DRIVER_FILES',
  'VK_ICD_FILENAMES',
  'CUDA_VISIBLE_DEVICES',
  'LD_LIBRARY_PATH',
];
/** Of the network and of people's folders: the process that runs models needs neither. */
const PASSED_TO_ENGINE = [
  'HF_ENDPOINT',
  'HF_TOKEN',
  'HF_TOKEN_PATH',
  'HF_HOME',
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'NO_PROXY',
  'no_proxy',
  'XDG_CACHE_HOME',
  'XDG_DATA_HOME',
  'SALIENCE_PACKS',
];
const STOP_BUDGET_MS = 4000;

// Before anything waits: schemes must be privileged before the app is ready.
protocol.registerSchemesAsPrivileged(SCHEMES);

const dist = join(import.meta.dirname, '../../..');
const userData = app.getPath('userData');
const logFile = join(userData, 'logs', 'salience.log');

function log(line: string): void {
  mkdirSync(join(userData, 'logs'), { recursive: true });
  appendFileSync(logFile, `${new Date().toISOString()} ${line}\n`);
}

const asked = askedProjects();
asked.ask(process.argv);
app.on('open-file', (event, path) => {
  event.preventDefault();
  asked.ask([path]);
});

if (!app.requestSingleInstanceLock()) app.quit();
else void run();

async function run(): Promise<void> {
  await app.whenReady();
  lockSession(session.defaultSession);
  const environment = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
    );
  let window: BrowserWindow | null = null;
  const processes = startProcesses({
    host: {
      fork: (entry, serviceName, role) =>
        utilityProcess.fork(entry, [], {
          serviceName,
          stdio: 'pipe',
          env: environment([...PASSED_ENVIRONMENT, ...(role === 'engine' ? PASSED_TO_ENGINE : [])]),
        }),
      channel: () => new MessageChannelMain(),
    },
    engineEntry: join(dist, 'node/electron/engine/entry.js'),
    inferenceEntry: join(dist, 'node/electron/inference/entry.js'),
    start: { userDataFolder: userData, appFolder: join(dist, 'node'), version: app.getVersion() },
    secret: secretAnswers(safeStorage, join(userData, 'secrets.json'), process.platform),
    showFile: (path) => shell.showItemInFolder(path),
    log,
    onEngineLost: (reason) => {
      log(`engine lost: ${reason}`);
      // Every accepted edit is in the project file; a fresh start reads it back.
      const args = restartArguments(process.argv, process.uptime());
      if (args) app.relaunch({ args });
      else
        dialog.showErrorBox(
          'Salience cannot start',
          `Its engine ended twice (${reason}). Your projects are as they were. What happened stands in ${logFile}`,
        );
      app.exit(1);
    },
  });

  protocol.handle('app', (request) => appResponse(join(dist, 'renderer'), request.url));
  protocol.handle('media', (request) =>
    mediaSchemeResponse(request, (path, signal) => processes.media(path, signal)),
  );
  registerCalls(processes, () => window);

  const send = (command: string) =>
    BrowserWindow.getFocusedWindow()?.webContents.send('menu', command);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, send)));
  const open = () => {
    window = openWindow(
      join(dist, 'preload'),
      join(userData, 'window.json'),
      nativeTheme.shouldUseDarkColors,
    );
    window.on('closed', () => (window = null));
  };
  open();
  const openProject = async (path: string) =>
    window?.webContents.send('openProject', await processes.handleFor(path));
  window!.webContents.once('did-finish-load', () =>
    asked.handOver((path) => void openProject(path)),
  );

  app.on('second-instance', (_event, argv) => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
    asked.ask(argv);
  });
  app.on('activate', () => window ?? open());
  app.on('window-all-closed', () => app.quit());
  let stopping = false;
  app.on('before-quit', (event) => {
    if (stopping) return;
    stopping = true;
    event.preventDefault();
    void processes.stop(STOP_BUDGET_MS).then(() => app.quit());
  });
  const feed = process.env['SALIENCE_UPDATE_FEED'] ?? '';
  await lookForUpdate({ isPackaged: app.isPackaged, feed, jobRunning: false }).catch(
    (error: unknown) => log(`update: ${String(error)}`),
  );
}

function registerCalls(processes: Processes, current: () => BrowserWindow | null): void {
  const memory = folderMemory(join(userData, 'folders.json'));
  handle('enginePort', (event) =>
    event.sender.postMessage('enginePort', null, [processes.connectWindow()]),
  );
  handle('pick', async (_event, kind, suggestedName) => {
    const window = current();
    if (!window || !isPickKind(kind)) return null;
    const path = await pick(window, kind, safeName(suggestedName), memory);
    return path === null ? null : processes.handleFor(path);
  });
  handle('dropped', async (_event, path) => {
    const dropped = droppedPath(path);
    return dropped === null ? null : processes.handleFor(dropped);
  });
  handle('theme', (_event, theme) => {
    if (theme === 'dark' || theme === 'light' || theme === 'system')
      nativeTheme.themeSource = theme;
  });
}

/** Last folder per kind of dialog; since Electron 43 dialogs start in Downloads otherwise. */
function folderMemory(file: string): FolderMemory {
  let folders: Partial<Record<PickKind, string>> = {};
  try {
    folders = JSON.parse(readFileSync(file, 'utf8')) as typeof folders;
  } catch {
    // First start, or a damaged file: nothing is remembered, nothing is lost.
    folders = {};
  }
  return {
    get: (kind) => folders[kind] ?? null,
    set: (kind, folder) => {
      folders = { ...folders, [kind]: folder };
      writeFileWhole(file, JSON.stringify(folders));
    },
  };
}
