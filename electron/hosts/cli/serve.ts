// `salience serve`: the window in a browser tab, for machines without an Electron binary and for remote eyes on this one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFile, openFolder } from '../../engine/opening/opening.ts';
import { findBrowser } from '../browser/browsers.ts';
import { startBrowserHost } from '../browser/server.ts';
import { startEngine } from '../startEngine.ts';
import { EXIT } from './exit.ts';
import { UsageError } from './arguments/usageError.ts';

export interface ServeOptions {
  readonly port: string;
  readonly open?: boolean;
  readonly verbose?: boolean;
}

/** The built page: beside the sources, or beside the built tree. */
const PAGE_PLACES = [
  new URL('../../../dist/renderer', import.meta.url),
  new URL('../../../../renderer', import.meta.url),
].map((url) => fileURLToPath(url));

/** Serves until Ctrl-C; resolves with the exit code. */
export async function serve(path: string | undefined, options: ServeOptions): Promise<number> {
  const page = PAGE_PLACES.find((folder) => existsSync(join(folder, 'index.html')));
  if (!page)
    throw new UsageError(
      'The page is not built yet. Run "npm run build" first, or use "npm start".',
    );
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port takes a number from 0 to 65535, not ${options.port}.`);
  const log = (line: string) => {
    if (options.verbose) console.error(line);
  };
  const root = path === undefined ? undefined : resolve(path);
  const info = root === undefined ? null : await stat(root).catch(() => null);
  if (root !== undefined && !info) throw new UsageError(`There is no folder or project ${path}.`);
  const engine = await startEngine({
    kind: 'browser',
    log,
    roots: info?.isDirectory() && root ? [root] : [],
  });
  const host = await startBrowserHost({ engine, page, port, log });
  try {
    if (root !== undefined)
      await (info?.isDirectory()
        ? openFolder(engine.context, root)
        : openFile(engine.context, root));
    console.log(
      `Salience is open at\n\n  ${host.url}\n\nThe link works once and only on this computer. Press Ctrl-C to close; everything is saved as you go.`,
    );
    const window = options.open ? await openAppWindow(host.url) : null;
    if (window?.note) console.log(window.note);
    await new Promise<void>((done) => {
      process.once('SIGINT', () => done());
      process.once('SIGTERM', () => done());
      // The app window is the program: closing it ends the program.
      window?.closed.then(done, done);
    });
    return EXIT.ok;
  } finally {
    await host.close();
    await engine.close();
  }
}

interface AppWindow {
  readonly note: string | null;
  readonly closed: Promise<void>;
}

/** An installed Chromium or Chrome without tabs and address bar, with a profile of its own. */
async function openAppWindow(url: string): Promise<AppWindow | null> {
  const browser = findBrowser();
  if (!browser)
    return {
      note: 'No Chromium or Chrome was found: open the link in your browser.',
      closed: new Promise(() => {}),
    };
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return {
      note: 'There is no display here: open the link in a browser on this computer.',
      closed: new Promise(() => {}),
    };
  }
  const profile = await mkdtemp(join(tmpdir(), 'salience-window-'));
  const child = spawn(
    browser,
    [
      `--app=${url}`,
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      '--window-size=1440,900',
    ],
    { stdio: 'ignore' },
  );
  const closed = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  }).finally(() => rm(profile, { recursive: true, force: true }));
  return { note: null, closed };
}
