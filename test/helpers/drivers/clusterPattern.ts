// The data of a new server, made once for all test files that need one: making it waits for the disk, for five
// seconds on some, and a copy is there in a third of one.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { enterEmbedded } from '../../../electron/cluster/embedded/embedded.ts';
import { tryLock } from '../../../electron/engine/project/database/lock.ts';

/** Where test files find the pattern; left out, as in a bench, every server makes its own data. */
const PLACE = 'SALIENCE_CLUSTER_PATTERN';

/** Before the first test file; what it returns runs after the last. Nothing is made until a server is wanted. */
export async function setup(): Promise<() => Promise<void>> {
  const place = await mkdtemp(join(tmpdir(), 'salience-pattern-'));
  process.env[PLACE] = place;
  return () => rm(place, { recursive: true, force: true });
}

/** Lays the data of a new server below `home`. */
export async function layServerData(home: string): Promise<void> {
  const place = process.env[PLACE];
  // It takes a copy that keeps owners and rights.
  if (place === undefined || process.platform === 'win32') return;
  await makePattern(place);
  const clusters = join(place, 'cluster');
  const [version = ''] = await readdir(clusters);
  const into = join(home, 'cluster', version);
  await mkdir(into, { recursive: true });
  // Without the port, which would be the same for all.
  const parts = ['data', 'secret'].map((part) => join(clusters, version, part));
  await promisify(execFile)('cp', ['-a', ...parts, into]);
}

/** Whoever comes first makes it, the others wait. */
async function makePattern(place: string): Promise<void> {
  const ready = join(place, 'ready');
  let lock = tryLock(join(place, 'making'));
  while (!lock) {
    await sleep(50);
    lock = tryLock(join(place, 'making'));
  }
  try {
    if (existsSync(ready)) return;
    // Under root the server is another account, which must reach its folder.
    await chmod(place, 0o755);
    const stay = await enterEmbedded(place, {});
    await stay.leave();
    await writeFile(ready, '');
  } finally {
    lock.release();
  }
}
