// From a command to a window that reacts, to the first masks, and through the demo: with a home that has never been
// used and code that nobody has compiled yet (cold), and again with both kept (warm). Wall seconds of one run, on Linux
// also those of processors, browser included; with `--tree`, another checkout of the program takes turns with this one.
//   npm run bench -- start [--rounds 3] [--tree ../other]
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppPage } from '../helpers/drivers/appDriver.ts';
import { launchBrowser, noBrowser, openPage } from '../helpers/drivers/browser.ts';
import { startedMs } from '../helpers/drivers/processorTime.ts';
import { startProgram } from '../helpers/drivers/program.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, tree: { type: 'string' } },
});
const rounds = Number(values.rounds);
const ROOT = join(import.meta.dirname, '../..');
const trees = values.tree === undefined ? [ROOT] : [resolve(values.tree), ROOT];

/** Seconds that each stage may take, cold and warm. */
const TARGETS: Readonly<Record<string, readonly [cold: number, warm: number]>> = {
  'npm start to its link': [2.5, 1.2],
  'link to a window that reacts': [1.5, 1],
  'sample opened': [1, 0.7],
  'words typed': [Infinity, Infinity],
  'first run': [2.5, 2.5],
  'another run': [1.5, 1.5],
  demo: [12, 11],
};

const onLinux = process.platform === 'linux';

interface Lap {
  readonly seconds: number;
  /** Of processors; NaN where the system does not say. */
  readonly processor: number;
}

/** Laps by what they were spent on. */
class Laps {
  readonly laps = new Map<string, Lap[]>();
  #beganMs = 0;
  #processorMs = 0;
  begin(): void {
    this.#processorMs = onLinux ? startedMs() : NaN;
    this.#beganMs = performance.now();
  }
  /** Ends a lap and begins the next. */
  end(name: string): void {
    const seconds = (performance.now() - this.#beganMs) / 1000;
    const processor = onLinux ? (startedMs() - this.#processorMs) / 1000 : NaN;
    this.laps.set(name, [...(this.laps.get(name) ?? []), { seconds, processor }]);
    this.begin();
  }
  median(name: string, of: keyof Lap): number {
    const sorted = (this.laps.get(name) ?? []).map((lap) => lap[of]).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  }
}

/** What `npm start` and `npm run demo` do, without npm itself. */
const script = (tree: string, name: string) => [
  join(tree, 'build/bin/run.js'),
  join('build', name),
];

/** Where Node keeps compiled code: a folder of the bench, so that it can be empty. No screen: only the link is shown. */
const environment = (home: string) => ({
  NODE_COMPILE_CACHE: join(home, 'compiled'),
  DISPLAY: '',
  WAYLAND_DISPLAY: '',
});

async function startWindow(
  browser: Awaited<ReturnType<typeof launchBrowser>>,
  { tree, home, laps }: Turn,
): Promise<void> {
  laps.begin();
  const words = ['--browser', '--port', '0'];
  const program = startProgram(words, home, environment(home), script(tree, 'start.ts'));
  try {
    const url = (await program.says(/http:\/\/\S+:\d+\/\S+/)).trim();
    laps.end('npm start to its link');
    const { page, troubles } = await openPage(browser, url);
    const tab = new AppPage(page, troubles);
    await page.getByRole('button', { name: 'Open sample' }).click({ trial: true });
    laps.end('link to a window that reacts');
    await tab.openSample();
    laps.end('sample opened');
    await page.locator('#prompt-input').pressSequentially('sun, crab', {
      delay: 150,
    });
    await page.keyboard.press('Enter');
    laps.end('words typed');
    await tab.run();
    laps.end('first run');
    await tab.run();
    laps.end('another run');
    await page.context().close();
  } finally {
    // As a person ends it: compiled code is kept only then.
    program.interrupt();
    await program.ended;
  }
}

async function demo({ tree, home, laps }: Turn): Promise<void> {
  laps.begin();
  const before = await results(tree);
  const program = startProgram([], home, environment(home), script(tree, 'demo.ts'));
  const code = await program.ended;
  for (const name of (await results(tree)).filter((one) => !before.includes(one)))
    await rm(join(tree, 'out', name), { recursive: true });
  if (code !== 0) throw new Error(`the demo ended with ${code}: ${program.output()}`);
  laps.end('demo');
}

/** Folders that calls of the demo have left. */
const results = (tree: string) => readdir(join(tree, 'out')).catch((): string[] => []);

interface Turn {
  readonly tree: string;
  readonly home: string;
  readonly laps: Laps;
}

function tell(cold: Laps, warm: Laps): void {
  for (const name of cold.laps.keys()) {
    const [atFirst, again] = TARGETS[name]!;
    const figure = (laps: Laps, target: number) => {
      const seconds = laps.median(name, 'seconds');
      const over = seconds > target ? ', OVER' : '';
      const wanted = target === Infinity ? '' : ` (target ${target} s${over})`;
      const processor = onLinux
        ? `, ${laps.median(name, 'processor').toFixed(2)} s of processors`
        : '';
      return `${seconds.toFixed(2)} s${wanted}${processor}`;
    };
    console.log(`  ${name.padEnd(30)} cold ${figure(cold, atFirst)}; warm ${figure(warm, again)}`);
  }
}

const measured = trees.map((tree) => ({ tree, cold: new Laps(), warm: new Laps() }));
const browser = noBrowser ? null : await launchBrowser();
for (let round = 0; round < rounds; round++)
  for (const { tree, cold, warm } of measured) {
    const home = await mkdtemp(join(tmpdir(), 'salience-start-'));
    for (const laps of [cold, warm]) {
      if (browser) await startWindow(browser, { tree, home: join(home, 'window'), laps });
      await demo({ tree, home: join(home, 'command'), laps });
    }
    await rm(home, { recursive: true, force: true });
  }
await browser?.close();
if (noBrowser) console.log(`  the window was not measured: ${noBrowser}`);
for (const { tree, cold, warm } of measured) {
  console.log(`start, medians of ${rounds} rounds${measured.length > 1 ? `, ${tree}` : ''}`);
  tell(cold, warm);
}
process.exit(0);
