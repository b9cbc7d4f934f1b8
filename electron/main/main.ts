// Entry of the window's process: wiring only. It loads neither onnxruntime nor the database.
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
import { showAbout } from './about.ts';
import { droppedPath, isPickKind, pick, safeName } from './window/dialogs.ts';
import { catchFaults, startFailed } from './system/faults.ts';
import { folderMemory } from './window/folderMemory.ts';
import { handle } from './ipc.ts';
import { openLog } from './system/log.ts';
import { menuTemplate } from './window/menu.ts';
import { watchPage, watchProcesses } from './window/pageFaults.ts';
import { startProcesses, type ProcessOptions, type Processes } from './processes.ts';
import { appResponse, fileResponse, mediaSchemeResponse, SCHEMES } from './protocols.ts';
import { openPage } from './system/openPage.ts';
import { relaunchOptions, restartArguments } from './system/restart.ts';
import { secretAnswers } from './system/secrets.ts';
import { askedProjects } from './system/singleInstance.ts';
import { proxyResolver } from './system/systemProxy.ts';
import { OWN_RUNTIME } from '../api/wire/ownRuntime.ts';
import { guardContents, lockSession, openWindow } from './window/windows.ts';

/** Engine and inference process get these environment variables and no others. */
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
/** Variables about the network and the user's folders, which the inference process does not get. */
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
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
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

const log = openLog(logFile);
catchFaults(log);
guardContents(app);

const asked = askedProjects();
const appFolder = app.getAppPath();
asked.ask({ argv: process.argv, workingFolder: process.cwd(), appFolder });
app.on('open-file', (event, path) => {
  event.preventDefault();
  asked.askFor(path);
});

if (!app.requestSingleInstanceLock()) app.quit();
else run().catch((error: unknown) => startFailed(error, log, logFile));

async function run(): Promise<void> {
  await app.whenReady();
  lockSession(session.defaultSession);
  let window: BrowserWindow | null = null;
  const processes = startProcesses(processOptions());
  protocol.handle('app', (request) => appResponse(join(dist, 'renderer'), request.url));
  protocol.handle('media', (request) =>
    mediaSchemeResponse(request, (path, signal) => processes.media(path, signal)),
  );
  protocol.handle('file', fileResponse);
  registerCalls(processes, () => window);
  watchProcesses(() => window, log);

  const send = (command: string) =>
    BrowserWindow.getFocusedWindow()?.webContents.send('menu', command);
  const about = () => void (window && showAbout(window));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, send, about)));
  const open = () => {
    window = openWindow(
      join(dist, 'preload'),
      join(userData, 'window.json'),
      nativeTheme.shouldUseDarkColors,
    );
    watchPage(window, log);
    window.on('closed', () => (window = null));
  };
  open();
  const openProject = async (path: string) =>
    window?.webContents.send('openProject', await processes.handleFor(path));
  window!.webContents.once('did-finish-load', () =>
    asked.handOver((path) => void openProject(path)),
  );

  app.on('second-instance', (_event, argv, workingFolder) => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
    asked.ask({ argv, workingFolder, appFolder });
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
}

/** What engine and inference are started with, and what they may ask of the system. */
function processOptions(): ProcessOptions {
  return {
    host: {
      fork: (entry, serviceName, role) =>
        utilityProcess.fork(entry, [], {
          serviceName,
          stdio: 'pipe',
          env:
            role === 'engine'
              ? environment([...PASSED_ENVIRONMENT, ...PASSED_TO_ENGINE])
              : { ...environment(PASSED_ENVIRONMENT), [OWN_RUNTIME]: join(userData, 'runtime') },
        }),
      channel: () => new MessageChannelMain(),
    },
    engineEntry: join(dist, 'node/electron/engine/entry.mjs'),
    inferenceEntry: join(dist, 'node/electron/inference/entry.mjs'),
    start: { userDataFolder: userData, appFolder: join(dist, 'node'), version: app.getVersion() },
    secret: secretAnswers(safeStorage, join(userData, 'secrets.json'), process.platform),
    proxyFor: proxyResolver(session.defaultSession, log),
    showFile: (path) => shell.showItemInFolder(path),
    openPage: (path) => void openPage(path, shell, log),
    log,
    onEngineLost: startAgain,
  };
}

function environment(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value ? [[name, value]] : [];
    }),
  );
}

/** Every accepted edit is in the project file; a fresh start reads it back. */
function startAgain(reason: string): void {
  log(`engine lost: ${reason}`);
  const args = restartArguments(process.argv, process.uptime());
  if (args) app.relaunch(relaunchOptions(args, process.env));
  else
    dialog.showErrorBox(
      'Salience cannot start',
      `Its engine ended twice (${reason}). Your projects are as they were. What happened stands in ${logFile}`,
    );
  app.exit(1);
}

function registerCalls(processes: Processes, current: () => BrowserWindow | null): void {
  const memory = folderMemory(join(userData, 'folders.json'), (name) => app.getPath(name));
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
  handle('about', async () => {
    const window = current();
    if (window) await showAbout(window);
  });
  handle('theme', (_event, theme) => {
    if (theme === 'dark' || theme === 'light' || theme === 'system')
      nativeTheme.themeSource = theme;
  });
}
