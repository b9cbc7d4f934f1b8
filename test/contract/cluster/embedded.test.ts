// The embedded server: found by whoever comes, stopped by whoever leaves last, back after a crash, private.
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLinks } from '../../../electron/cluster/embedded/binaries.ts';
import { enterEmbedded } from '../../../electron/cluster/embedded/embedded.ts';
import { trustSystem } from '../../helpers/drivers/clusterBench.ts';
import { dataOf, endServer, isAlive, serverPid } from '../../helpers/drivers/endServer.ts';
import { startProgram } from '../../helpers/drivers/program.ts';
import { runCli } from '../../helpers/drivers/runCli.ts';
import { temporaryFolder } from '../../helpers/drivers/temporaryFolder.ts';

/** A folder with a name that shells and drivers stumble over, which another account can reach. */
let home: string;
let above: string;

// One for all: the first test makes its data, which takes seconds, and every test leaves its server stopped.
beforeAll(async () => {
  above = await mkdtemp(join(tmpdir(), 'salience-embedded-'));
  await chmod(above, 0o755);
  home = join(above, "bün'te öfen");
  await mkdir(home);
});
afterAll(() => rm(above, { recursive: true, force: true }));

const isGone = (pid: number) => expect.poll(() => isAlive(pid)).toBe(false);

test('four that come at once find one server; the last one out stops it, and its files are private', async () => {
  const stays = await Promise.all([0, 1, 2, 3].map(() => enterEmbedded(home, {})));
  expect(new Set(stays.map(({ url }) => url)).size).toBe(1);
  const pid = await serverPid(home);
  const folder = join(dataOf(home), '..');
  const modes = [folder, join(folder, 'secret')].map(
    async (path) => (await stat(path)).mode & 0o777,
  );
  expect(await Promise.all(modes)).toEqual([0o700, 0o600]);
  expect((await readFile(join(dataOf(home), 'postmaster.pid'), 'utf8')).split('\n')[5]).toBe(
    '127.0.0.1',
  );
  await trustSystem(stays[0]!.url);
  for (const stay of stays.slice(0, 3)) {
    await stay.leave();
    expect(isAlive(pid)).toBe(true);
  }
  await stays[3]!.leave();
  await isGone(pid);
});

test('a server that was killed is started again at the same address, and still stopped by the last one', async () => {
  const stay = await enterEmbedded(home, {});
  const other = await enterEmbedded(home, {});
  await endServer(home, 'kill');
  await stay.revive();
  const again = await enterEmbedded(home, {});
  expect(again.url).toBe(stay.url);
  const pid = await serverPid(home);
  // The connection of this one died with the first server.
  await stay.leave();
  expect(isAlive(pid)).toBe(true);
  await again.leave();
  await isGone(pid);
  await other.leave();
});

test('a command that is killed leaves a server that the next one finds and stops', async () => {
  const env = { SALIENCE_DB: 'embedded' };
  const idle = await enterEmbedded(home, {});
  const pid = await serverPid(home);
  const watching = startProgram(['cluster', 'status'], home, env);
  expect(await watching.ended).toBe(3);
  expect(watching.output()).toContain('There is nothing of Salience in this database yet.');
  const killed = startProgram(['cluster', 'work', '--until-empty'], home, env);
  await sleep(300);
  killed.kill();
  await killed.ended;
  await idle.leave();
  // Gone already, or the killed one was still connected: the next one ends it.
  const last = await runCli(['cluster', 'status'], { home, env });
  expect(last.code, last.stderr).toBe(3);
  await isGone(pid);
  await expect(serverPid(home)).rejects.toThrow('ENOENT');
});

test('another version of the data, a port that is taken and binaries that are not there are told by name', async () => {
  const stay = await enterEmbedded(home, {});
  await stay.leave();
  const data = dataOf(home);
  // Somebody else took the port meanwhile: another one is found.
  const port = Number(new URL(stay.url).port);
  const taker = createServer().listen(port, '127.0.0.1');
  const elsewhere = await enterEmbedded(home, {});
  expect(new URL(elsewhere.url).port).not.toBe(String(port));
  await elsewhere.leave();
  taker.close();
  await writeFile(join(data, 'PG_VERSION'), '17\n');
  await expect(enterEmbedded(home, {})).rejects.toThrow(
    `The embedded database was made by PostgreSQL 17; this Salience brings 18, which cannot read it. It stays in ${join(data, '..')}.`,
  );
  await expect(enterEmbedded(home, { SALIENCE_PG_BIN: '/nowhere' })).rejects.toThrow(
    'SALIENCE_PG_BIN is /nowhere, where no pg_ctl is.',
  );
});

test('links of libraries are made where they are missing, and only inside of the package', async () => {
  await using folder = await temporaryFolder();
  const native = join(folder.path, 'native');
  await mkdir(join(native, 'lib'), { recursive: true });
  await writeFile(join(native, 'lib', 'liba.so.1.2'), '');
  const links = [
    { source: 'native/lib/liba.so.1.2', target: 'native/lib/liba.so.1' },
    { source: 'native/lib/liba.so.1.2', target: 'outside.so' },
  ];
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  await Promise.all([makeLinks(native), makeLinks(native)]);
  expect(await readlink(join(native, 'lib', 'liba.so.1'))).toBe('liba.so.1.2');
  await expect(stat(join(folder.path, 'outside.so'))).rejects.toThrow('ENOENT');
});
