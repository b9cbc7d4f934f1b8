// What the command line does when nobody listens, when nothing can be written, and when what it works on
// is taken away: the work is done all the same, or the end says what is missing.
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CLI, environmentAt, runCli } from '../helpers/drivers/runCli.ts';

const SCENES = join(import.meta.dirname, '../fixtures/scenes');
const FULL = '/dev/full';
const noFullDevice = !existsSync(FULL);
let root: string;
const at = (...parts: string[]) => join(root, ...parts);

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-streams-'));
  await mkdir(at('photos'));
  const scenes = (await readdir(SCENES)).filter((name) => name.endsWith('.png')).sort();
  for (const [index, name] of ['a.png', 'b.png', 'c.png'].entries())
    await cp(join(SCENES, scenes[index]!), at('photos', name));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const call = (name: string) => [
  'prelabel',
  at('photos'),
  '--classes',
  'snail,umbrella',
  '--out',
  at(`${name}.json`),
];

/** Runs with one stream that leads to a full device or to a reader that has left. */
function runWith(stream: 1 | 2, to: 'full' | 'gone', args: readonly string[]) {
  return new Promise<{ code: number | null; heard: string }>((resolve) => {
    const full = to === 'full' ? openSync(FULL, 'w') : 'pipe';
    const child = spawn(process.execPath, [CLI, ...args], {
      env: environmentAt(at('home')),
      stdio: ['ignore', stream === 1 ? full : 'pipe', stream === 2 ? full : 'pipe'],
    });
    if (to === 'gone') child.stdio[stream]?.destroy();
    let heard = '';
    child.stdio[stream === 1 ? 2 : 1]?.on('data', (data: Buffer) => (heard += data.toString()));
    child.on('close', (code) => resolve({ code, heard }));
  });
}

const imagesIn = async (name: string) =>
  (JSON.parse(await readFile(at(`${name}.json`), 'utf8')) as { images: unknown[] }).images.length;

describe('a run goes on', () => {
  test('when the reader of its progress has left', async () => {
    const { code, heard } = await runWith(2, 'gone', [...call('gone'), '--json']);
    expect(code).toBe(0);
    expect(await imagesIn('gone')).toBe(3);
    expect(JSON.parse(heard)).toMatchObject({ images: 3 });
  });

  test.skipIf(noFullDevice)(
    'when its log is on a full device (where there is /dev/full)',
    async () => {
      const { code } = await runWith(2, 'full', call('full'));
      expect(code).toBe(0);
      expect(await imagesIn('full')).toBe(3);
    },
  );

  test('when the reader of its result has left', async () => {
    const { code } = await runWith(1, 'gone', call('left'));
    expect(code).toBe(0);
    expect(await imagesIn('left')).toBe(3);
  });

  test.skipIf(noFullDevice)(
    'when its result cannot be printed, and says so (where there is /dev/full)',
    async () => {
      const { code, heard } = await runWith(1, 'full', call('unsaid'));
      expect(code).toBe(3);
      expect(heard).toMatch(/output could not be written: .*The work itself is done/);
      expect(await imagesIn('unsaid')).toBe(3);
    },
  );
});

describe('a project that is taken away while a run works', () => {
  test.each(['deleted', 'moved', 'replaced'])('and %s is told at the end', async (how) => {
    const project = at(`${how}.salience`);
    let done = false;
    const { code, stdout, stderr } = await runCli([...call(how), '--json'], {
      home: at('home'),
      interruptWhen: (text) => {
        // Images in flight may end together, and the run with them: its begin is early enough.
        if (!done && /"stage":"Pre-labelling","done":\d/.test(text)) {
          done = true;
          void takeAway(project, how);
        }
        return false;
      },
    });
    expect(stderr).toContain(`The project ${project} was deleted or moved`);
    expect(code).toBe(3);
    expect(await imagesIn(how)).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ project: null });
  });
});

async function takeAway(project: string, how: string): Promise<void> {
  if (how === 'deleted') return rm(project);
  await rename(project, `${project}.elsewhere`);
  if (how === 'replaced') await writeFile(project, '');
}

describe('names on the terminal', () => {
  // Title, colour, a C1 escape, and a mark that turns the text around.
  const evil = 'x\u001b]0;owned\u0007\u009b31m\u202egnp.png';

  test('are shown, not obeyed, by every command that prints them', async () => {
    await mkdir(at('evil'));
    await writeFile(at('evil', evil), 'no image');
    await cp(at('photos', 'a.png'), at('evil', 'a.png'));
    await mkdir(at('home', 'packs', 'evil'), { recursive: true });
    await writeFile(at('home', 'packs', 'evil', 'pack.json'), `{"id":"${'\u001b'}[31m"`);
    const project = at('evil.salience');
    const runs = [
      await runCli(
        ['prelabel', at('evil'), '--classes', 'cat\u001b[2J', '--out', at('evil.json')],
        { home: at('home') },
      ),
      await runCli(['export', project, '--out', at(evil)], { home: at('home') }),
      await runCli(['doctor', project], { home: at('home') }),
      await runCli(['pack', 'list'], { home: at('home') }),
      await runCli(['import', at('evil', evil), '--images', at('evil'), '--project', project], {
        home: at('home'),
      }),
      await runCli(['export', project, '--nosuch\u001b[2J'], { home: at('home') }),
    ];
    for (const { stdout, stderr } of runs) {
      expect(stdout + stderr).not.toBe('');
      // eslint-disable-next-line no-control-regex -- these are what must not be there
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    }
    expect(runs[0]!.stdout).toContain('x\\u{1b}]0;owned');
    expect(await stat(at('evil', evil))).toBeTruthy();
  });
});
