// Starts a packed window's process over the stand-in for Electron, with its real engine behind it, and tells
// what came of it: the window, the page, the preload script, the log.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { app, BrowserWindow, processHost, schemes } from '../standIns/electronMock.ts';
import { playedHost } from '../drivers/utilityProcesses.ts';

const [appFolder = '', userData = ''] = process.argv.slice(2);
const standIn = pathToFileURL(join(import.meta.dirname, '../standIns/electronMock.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    next(specifier === 'electron' ? standIn : specifier, context),
});

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (holds()) return;
    await pause(50);
  }
  throw new Error(`waited in vain: ${what}`);
}

Object.assign(app, { userData, appPath: appFolder });
const host = playedHost();
processHost.fork = (entry) => host.fork(entry, '', 'engine');
const logFile = join(userData, 'logs/salience.log');
const log = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');

await import(pathToFileURL(join(appFolder, 'dist/node/electron/main/main.mjs')).href);
await until('a window', () => BrowserWindow.opened.length === 1);
await until('the engine', () => log().includes('engine: ready'));
const options = BrowserWindow.opened[0]!.options as { webPreferences: { preload: string } };
const page = await schemes.get('app')!(new Request('app://bundle/'));
app.emit('before-quit', { preventDefault: () => undefined });
await until('the end', () => app.asked.some(({ verb }) => verb === 'quit'));
const answer = {
  loaded: BrowserWindow.opened[0]!.loaded,
  page: [page.status, (await page.text()).includes('<script')],
  preload: existsSync(options.webPreferences.preload),
  log: log(),
};
console.log(JSON.stringify(answer));
process.exit(0);
