// A project on a place that nobody can write, as on a DVD, a share or a snapshot: it can be exported, and
// what would write it says so.
import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, type TestContext } from 'vitest';
import { runCli } from '../helpers/drivers/runCli.ts';

const SCENES = join(import.meta.dirname, '../fixtures/scenes');
const isSuperuser = process.getuid?.() === 0;

describe('a project on a place that cannot be written', () => {
  let root: string;
  let place: string;
  let whyNot: string | null = null;
  const cli = (...args: string[]) => runCli(args, { home: join(root, 'home') });

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'salience-readonly-'));
    place = join(root, 'place');
    await mkdir(place);
    whyNot = mountIfSuperuser(place);
    if (whyNot !== null) return;
    const [scene] = (await readdir(SCENES)).filter((name) => name.endsWith('.png')).sort();
    await cp(join(SCENES, scene!), join(place, 'a.png'));
    const words = ['--classes', 'snail,umbrella,~wood', '--out', join(place, 'labels.json')];
    const made = await cli('prelabel', place, ...words);
    expect([made.code, made.stderr]).toEqual([0, expect.any(String)]);
    if (isSuperuser) execFileSync('mount', ['-o', 'remount,ro', place]);
    else await chmod(place, 0o555);
  });
  afterAll(async () => {
    if (isSuperuser && whyNot === null) execFileSync('umount', [place]);
    else if (whyNot === null) await chmod(place, 0o755);
    await rm(root, { recursive: true, force: true });
  });

  test('is exported as it is, and nothing is written beside it', async ({ skip }: TestContext) => {
    if (whyNot !== null) return skip(whyNot);
    const before = await readdir(place);
    const out = join(root, 'out.json');
    const project = join(place, 'labels.salience');
    const { code, stdout, stderr } = await cli('export', project, '--proposals', '--out', out);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(stdout).toMatch(/1 image, \d+ annotations?, read back and equal/);
    const [made, exported] = await Promise.all(
      [join(place, 'labels.json'), out].map(async (file) => {
        const { annotations } = JSON.parse(await readFile(file, 'utf8')) as {
          annotations: unknown[];
        };
        return annotations;
      }),
    );
    expect(exported).toEqual(made);
    expect(await readdir(place)).toEqual(before);
  });

  test('takes no labels, and says what to do', async ({ skip }: TestContext) => {
    if (whyNot !== null) return skip(whyNot);
    const project = join(place, 'labels.salience');
    const labels = join(place, 'labels.json');
    const { code, stderr } = await cli('import', labels, '--images', place, '--project', project);
    expect(code).toBe(3);
    expect(stderr).toMatch(/cannot be written: copy it to a folder of yours/);
  });
});

/** A disk of its own, as a superuser may write into any folder; else why there is none. */
function mountIfSuperuser(place: string): string | null {
  if (process.platform === 'win32') return 'no permission bits on Windows';
  if (!isSuperuser) return null;
  if (process.platform !== 'linux') return 'a superuser may write any folder';
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', place], { stdio: 'ignore' });
    return null;
  } catch {
    return 'this machine lets nobody mount a disk';
  }
}
