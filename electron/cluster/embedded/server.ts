// The embedded server: a PostgreSQL in its own session that outlives the command which started it and is found
// by the next one. The last command to leave stops it.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tryLock } from '../../engine/project/database/lock.ts';
import { ClusterError } from '../database/clusterError.ts';
import type { Binaries } from './binaries.ts';
import { run, type Account } from './run.ts';

export interface EmbeddedServer {
  readonly folder: string;
  readonly binaries: Binaries;
  readonly account: Account | null;
}

const USER = 'salience';
const DATABASE = 'postgres';
const LOCK_MS = 60_000;

/** The folder of a server below the user's data, readable by this user alone. */
export async function serverFolder(
  home: string,
  { binaries, account }: Omit<EmbeddedServer, 'folder'>,
): Promise<string> {
  const folder = join(home, 'cluster', `pg${binaries.major}`);
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  if (account) await chown(folder, account.uid, account.gid);
  return folder;
}

/** Folders of other versions beside it, which this one cannot read. */
export async function otherVersions({ folder, binaries }: EmbeddedServer): Promise<string[]> {
  const names = await readdir(join(folder, '..')).catch(() => []);
  return names
    .filter((name) => /^pg\d+$/.test(name) && name !== `pg${binaries.major}`)
    .map(
      (name) =>
        `The embedded database of PostgreSQL ${name.slice(2)} stays in ${join(folder, '..', name)}; this Salience brings ${binaries.major}, which cannot read it.`,
    );
}

/** Commands that start or stop the server take turns; the system drops the lock of a killed one. */
export async function inServerTurn<T>(
  { folder }: EmbeddedServer,
  work: () => Promise<T>,
): Promise<T> {
  const until = performance.now() + LOCK_MS;
  let lock = tryLock(join(folder, 'starting'));
  while (!lock) {
    if (performance.now() > until)
      throw new ClusterError(
        `Another command has been starting the embedded database in ${folder} for a minute. Look at server.log there.`,
      );
    await sleep(40 + Math.random() * 40);
    lock = tryLock(join(folder, 'starting'));
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Starts the server unless it runs, in the caller's turn. Resolves with its address. */
export async function ensureServer(server: EmbeddedServer): Promise<string> {
  const { folder, binaries } = server;
  const data = join(folder, 'data');
  await makeData(server, data);
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  if (version !== String(binaries.major))
    throw new ClusterError(
      `The embedded database was made by PostgreSQL ${version}; this Salience brings ${binaries.major}, which cannot read it. It stays in ${folder}.`,
    );
  if (!(await isRunning(server, data))) await start(server, data);
  return addressOf(folder, data);
}

/** Its address while it runs, else null; in the caller's turn. */
export async function runningServer(server: EmbeddedServer): Promise<string | null> {
  const data = join(server.folder, 'data');
  return (await isRunning(server, data)) ? addressOf(server.folder, data) : null;
}

async function addressOf(folder: string, data: string): Promise<string> {
  const [, , , port = ''] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
  const secret = await readFile(join(folder, 'secret'), 'utf8');
  return `postgres://${USER}:${secret}@127.0.0.1:${Number(port)}/${DATABASE}`;
}

async function makeData(server: EmbeddedServer, data: string): Promise<void> {
  const { folder, binaries, account } = server;
  if (existsSync(join(data, 'PG_VERSION'))) return;
  const secret = join(folder, 'secret');
  await writeFile(secret, randomBytes(24).toString('hex'), { mode: 0o600 });
  if (account) await chown(secret, account.uid, account.gid);
  const args = ['-D', data, '-U', USER, '-A', 'scram-sha-256', '-E', 'UTF8', '--locale=C'];
  const made = await run(binaries.path('initdb'), [...args, `--pwfile=${secret}`], {
    account,
    cwd: folder,
  });
  if (made.code !== 0) throw didNotStart('initdb', made, server);
}

async function isRunning({ binaries, account, folder }: EmbeddedServer, data: string) {
  const { code } = await run(binaries.path('pg_ctl'), ['status', '-D', data], {
    account,
    cwd: folder,
  });
  return code === 0;
}

const START_TRIES = 20;

async function start(server: EmbeddedServer, data: string): Promise<void> {
  const { folder, binaries, account } = server;
  const log = join(folder, 'server.log');
  for (let tries = 1; ; tries += 1) {
    const port = await portFor(folder);
    const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=''`;
    const started = await run(
      binaries.path('pg_ctl'),
      ['start', '-w', '-t', '60', '-D', data, '-l', log, '-o', options],
      { account, cwd: folder },
    );
    if (started.code === 0) {
      await writeFile(join(folder, 'port'), String(port), { mode: 0o600 });
      return;
    }
    const said = await lastFatal(log);
    // A killed server counts as running until its parent has reaped it.
    if (tries >= START_TRIES)
      throw didNotStart('pg_ctl', { ...started, output: said || started.output }, server);
    await writeFile(join(folder, 'port'), '0', { mode: 0o600 });
    await sleep(500);
  }
}

/** The previous port, so that clients that wait for the server find it again; else a free one. */
async function portFor(folder: string): Promise<number> {
  const known = Number(await readFile(join(folder, 'port'), 'utf8').catch(() => '0'));
  if (known > 0 && (await listens(known)) !== null) return known;
  return (await listens(0)) ?? 0;
}

/** The port when it is free, null when somebody has it. */
function listens(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
    });
  });
}

/** Stops the server, in the caller's turn. */
export async function stopServer({ folder, binaries, account }: EmbeddedServer): Promise<void> {
  const args = ['stop', '-w', '-m', 'fast', '-D', join(folder, 'data')];
  await run(binaries.path('pg_ctl'), args, { account, cwd: folder });
}

async function lastFatal(log: string): Promise<string> {
  const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n');
  return lines.slice(-20).find((line) => /FATAL|PANIC|could not/.test(line)) ?? '';
}

function didNotStart(
  program: string,
  { code, output }: { code: number | null; output: string },
  { account, folder }: EmbeddedServer,
): ClusterError {
  const said = output.trim().split('\n').at(-1)?.slice(0, 400) ?? '';
  const who = account ? ` It runs as the account ${account.name}, which must reach ${folder}.` : '';
  return new ClusterError(
    `The embedded PostgreSQL did not start (${program} ended with ${code ?? 'a signal'}): ${said}.${who}`,
  );
}
