// `salience serve`: the window in a browser tab, for machines without an Electron binary and for remote eyes on this one.
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPath } from '../../engine/opening/opening.ts';
import { openAppWindow } from '../browser/appWindow.ts';
import { hostLabel } from '../browser/hostLabel.ts';
import { startBrowserHost } from '../browser/server.ts';
import { userDataFolder } from '../home.ts';
import { startEngine } from '../startEngine.ts';
import { EXIT } from './exit.ts';
import { UsageError } from './arguments/usageError.ts';
import { say, sayLines, tellLines } from './lines.ts';

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
    if (options.verbose) tellLines(line);
  };
  const root = path === undefined ? undefined : resolve(path);
  const info = root === undefined ? null : await stat(root).catch(() => null);
  if (root !== undefined && !info) throw new UsageError(`There is no folder or project ${path}.`);
  const engine = await startEngine({
    kind: 'browser',
    log,
    roots: info?.isDirectory() && root ? [root] : [],
  });
  const label = await hostLabel(userDataFolder());
  const host = await startBrowserHost({ engine, page, port, label, log });
  const closing = new AbortController();
  outlivesItsSockets(log);
  try {
    if (root !== undefined) await openPath(engine.context, root);
    sayLines(
      `Salience is open at\n\n  ${host.url}\n\nThe link works once and only on this computer. A browser that does not find it takes 127.0.0.1 in place of the name before the port. Press Ctrl-C to close; everything is saved as you go.`,
    );
    await new Promise<void>((done) => {
      process.once('SIGINT', () => done());
      process.once('SIGTERM', () => done());
      // The app window is the program: closing it ends the program.
      if (options.open)
        openAppWindow(host.url, { tell: say, signal: closing.signal }).then(done, done);
    });
    return EXIT.ok;
  } finally {
    closing.abort();
    await host.close();
    await engine.close();
  }
}

/** The last resort: a connection that breaks where nobody listens ends no more than itself. */
function outlivesItsSockets(log: (line: string) => void): void {
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNRESET' || error.code === 'EPIPE')
      return log(`a connection broke: ${error.stack ?? error.message}`);
    tellLines(error.stack ?? error.message);
    process.exit(EXIT.couldNotStart);
  });
}
