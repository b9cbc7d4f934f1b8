// The README's first command as somebody runs it whose npm came with Node 20: `npm ci` of that npm on a
// copy of the tracked files, in a folder with a space and an umlaut, then the demo on what it installed.
import { execFile, spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/drivers/temporaryFolder.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The one that Node 20.17 to 20.19 bring, and the strictest about lock files. */
const OLD_NPM = 'npm@10.8.2';
const LIMIT_MS = 600_000;

/** Of what `npm test` tells its children, only where packages come from. */
const KEPT = /^npm_config_(registry|cache|userconfig|globalconfig|cafile|(https?_)?proxy|noproxy)$/;

/** This environment as a terminal has it: no settings of the npm that runs the tests, no programs of the packages. */
function ofATerminal(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VITEST|NODE_ENV$|INIT_CWD$)/.test(name) || KEPT.test(name),
  );
  const path = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes('node_modules'))
    .join(delimiter);
  return { ...Object.fromEntries(kept), PATH: path };
}

const oldNpm = (args: readonly string[]) => [
  ...['exec', '--yes', '--prefer-offline', `--package=${OLD_NPM}`, '--', 'npm'],
  ...args,
];

async function npm(folder: string, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)('npm', oldNpm(args), {
    cwd: folder,
    env: ofATerminal(),
    maxBuffer: 16 * 2 ** 20,
    shell: process.platform === 'win32',
  });
  return stdout + stderr;
}

/** Why this cannot be tried here, or null. */
function whyNot(): string | null {
  if (spawnSync('git', ['ls-files', '-z'], { cwd: ROOT }).status !== 0)
    return 'the tests do not run in a clone, so that the tracked files are not known';
  const asked = spawnSync('npm', oldNpm(['--version']), {
    cwd: join(ROOT, '..'),
    env: ofATerminal(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const offline = /\b(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ENETUNREACH|ENOTCACHED)\b/;
  const [code] = asked.status === 0 ? [] : (offline.exec(asked.stderr) ?? []);
  return code === undefined ? null : `${OLD_NPM} cannot be fetched (${code})`;
}

async function copyTracked(to: string): Promise<void> {
  const { stdout } = spawnSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' });
  for (const path of stdout.split('\0').filter(Boolean)) {
    // One that is deleted and not yet committed is no part of the tree.
    if (!(await stat(join(ROOT, path)).catch(() => null))) continue;
    await mkdir(dirname(join(to, path)), { recursive: true });
    await cp(join(ROOT, path), join(to, path));
  }
}

test(
  'npm 10.8.2 installs the tracked files without a warning, and the demo runs on them',
  async (context) => {
    const reason = whyNot();
    if (reason !== null) {
      console.warn(`Skipped: installing with ${OLD_NPM}: ${reason}.`);
      context.skip(reason);
    }
    await using temporary = await temporaryFolder();
    const clone = join(temporary.path, 'Mäine Ordner ☃', 'sali ence');
    await copyTracked(clone);

    const installed = await npm(clone, ['ci', '--prefer-offline']);
    expect(installed).toMatch(/added \d+ packages/);
    expect(installed).not.toMatch(/warn|deprecated|error/i);

    const told = await npm(clone, ['run', 'demo']);
    expect(told).toContain('8 images in');
    expect(told).not.toMatch(/warn/i);
    const coco = JSON.parse(await readFile(join(clone, 'out/demo/coco.json'), 'utf8')) as {
      images: unknown[];
      annotations: unknown[];
    };
    expect(coco.images).toHaveLength(8);
    expect(coco.annotations.length).toBeGreaterThan(20);
  },
  LIMIT_MS,
);
