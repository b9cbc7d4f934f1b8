// The whole way of a BLIP-large-shaped checkpoint (random weights, true names and sizes, 1.78 GB), as
// .safetensors and as .bin: from a hub on loopback through the command line and through the window to
// masks. On each way the program is killed at random points; what it leaves must never count as a
// pack unless every byte is right. `--small` runs it with a tiny model, `--cuts 20` points per way.
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SAMPLE_FOLDER } from '../../electron/hosts/startEngine.ts';
import { sha256OfFile } from '../../models/files/hash.ts';
import { listPacks } from '../../models/packs/store.ts';
import { verifyPack } from '../../models/packs/verify.ts';
import { AppPage } from '../helpers/drivers/appDriver.ts';
import {
  blipShapes,
  LARGE_BLIP,
  randomBlock,
  TINY_BLIP,
  writeBlipFolder,
  writeBlipWords,
} from '../helpers/fixtures/blipCheckpoint.ts';
import { launchBrowser, openPage } from '../helpers/drivers/browser.ts';
import { startHub, type HubServer } from '../helpers/standIns/hubServer.ts';
import { builtPage } from '../helpers/drivers/page.ts';
import { startProgram, type Program } from '../helpers/drivers/program.ts';
import { writeTorchFile } from '../helpers/fixtures/torchFile.ts';

const { values: options } = parseArgs({
  options: {
    cuts: { type: 'string', default: '20' },
    small: { type: 'boolean', default: false },
    forms: { type: 'string', default: 'safetensors,bin' },
    ways: { type: 'string', default: 'command line,window' },
  },
});
const CUTS = Number(options.cuts);
const SIZES = options.small
  ? { ...TINY_BLIP, vocabSize: 40, visionWidth: 256, visionHeads: 4 }
  : LARGE_BLIP;
const ID = 'blip-itm-large-coco';
const NAME = 'BLIP large, COCO';
const REPO = 'Salesforce/blip-itm-large-coco';
/** The last points lie behind the last byte: while it is checked and installed. */
const LATE_CUTS = Math.ceil(CUTS / 5);
const LATE_MS = 4000;

interface Scene {
  readonly hub: HubServer;
  readonly home: string;
  readonly bytes: number;
}

/** Writes the checkpoint and offers it; the hub reads it from the disk. */
async function offer(folder: string, form: string): Promise<{ hub: HubServer; bytes: number }> {
  const source = join(folder, `checkpoint-${form}`);
  const weights = form === 'bin' ? 'pytorch_model.bin' : 'model.safetensors';
  if (form === 'bin') {
    await writeBlipWords(source, SIZES);
    await writeTorchFile(join(source, weights), blipShapes(SIZES), sameValues());
  } else await writeBlipFolder(source, SIZES);
  const hub = await startHub({}, { repo: REPO });
  for (const name of await readdir(source))
    if (name !== weights) hub.files.set(name, await readFile(join(source, name)));
  const path = join(source, weights);
  const { size: bytes } = await stat(path);
  hub.onDisk.set(weights, { path, bytes, sha256: await sha256OfFile(path) });
  return { hub, bytes };
}

/** The bytes that writeBlipFolder gives each tensor, so that both forms are one model. */
function sameValues(): (name: string) => Buffer {
  const starts = new Map<string, number>();
  let end = 0;
  for (const [name, shape] of blipShapes(SIZES)) {
    starts.set(name, end);
    end += 4 * shape.reduce((product, side) => product * side, 1);
  }
  const block = randomBlock(Math.min(end, 4 * 1024 * 1024));
  return (name) => {
    const at = (starts.get(name) ?? 0) % block.length;
    return Buffer.concat([block.subarray(at), block.subarray(0, at)]);
  };
}

const packsIn = (home: string) => listPacks({ builtIn: [], installed: join(home, 'packs') });

/** Bytes that have arrived so far; those of the whole when nothing is on its way any more. */
async function arrived({ home, bytes }: Scene): Promise<number> {
  const folder = join(home, 'packs', '.partial', ID);
  let sum = 0;
  for (const name of await readdir(folder).catch(() => []))
    sum += (await stat(join(folder, name)).catch(() => null))?.size ?? 0;
  return (await packsIn(home)).length > 0 ? bytes : sum;
}

/** Waits until `target` bytes are there, then, for a late point, a little longer; then kills. */
async function pullPlug(program: Program, scene: Scene, cut: number): Promise<string> {
  const late = cut >= CUTS - LATE_CUTS;
  const share = late ? 1 : (cut + Math.random()) / (CUTS - LATE_CUTS);
  const target = Math.min(Math.floor(share * scene.bytes), scene.bytes);
  let over = false;
  void program.ended.then(() => (over = true));
  while (!over && (await arrived(scene)) < target) await sleep(5);
  const waitMs = late ? Math.random() * LATE_MS : 0;
  await sleep(waitMs);
  program.kill();
  await program.ended;
  return late ? `${Math.round(waitMs)} ms after the last byte` : `byte ${target}`;
}

/** What a killed program left must be no pack, or one whose every byte is right. */
async function check({ home }: Scene, where: string): Promise<'none' | 'whole'> {
  const packs = await packsIn(home);
  for (const pack of packs) {
    if (pack.problem !== null) throw new Error(`${where}: ${pack.problem}`);
    const { problems } = await verifyPack(pack.folder);
    if (problems.length > 0) throw new Error(`${where}: ${JSON.stringify(problems)}`);
  }
  return packs.length > 0 ? 'whole' : 'none';
}

async function killedOften(
  scene: Scene,
  start: () => Promise<{ program: Program; close(): Promise<void> }>,
): Promise<void> {
  const left = { none: 0, whole: 0 };
  for (let cut = 0; cut < CUTS; cut += 1) {
    const { program, close } = await start();
    const where = await pullPlug(program, scene, cut);
    await close();
    const found = await check(scene, where);
    left[found] += 1;
    // The next point needs a download again.
    if (found === 'whole') await rm(join(scene.home, 'packs'), { recursive: true });
  }
  console.log(
    `    killed at ${CUTS} points: ${left.none} times no pack, ${left.whole} times a whole one, never half of one`,
  );
}

async function byCommandLine(scene: Scene): Promise<void> {
  const { hub, home } = scene;
  const add = ['pack', 'add', ID, '--endpoint', hub.endpoint];
  await killedOften(scene, async () => ({
    program: startProgram(add, home),
    close: async () => {},
  }));
  const run = async (args: readonly string[]) => {
    const startMs = performance.now();
    const program = startProgram(args, home);
    const code = await program.ended;
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${program.output()}`);
    return (performance.now() - startMs) / 1000;
  };
  await run(add);
  await run(['pack', 'verify', ID]);
  const out = join(home, 'out.json');
  const image = join(SAMPLE_FOLDER, 'beach.jpg');
  const seconds = await run(
    ['prelabel', image, '--classes', 'sea,sand', '--pack', ID, '--out', out].concat([
      '--set',
      'masks.absentBelow=0',
    ]),
  );
  const { annotations } = JSON.parse(await readFile(out, 'utf8')) as { annotations: unknown[] };
  if (annotations.length === 0) throw new Error('the command line drew no mask');
  console.log(
    `    got, verified, ${annotations.length} masks on one image (${seconds.toFixed(0)} s with start)`,
  );
}

async function byWindow(scene: Scene): Promise<void> {
  const { hub, home } = scene;
  await mkdir(home, { recursive: true });
  await builtPage();
  const browser = await launchBrowser();
  const open = async () => {
    const program = startProgram(['serve'], home);
    try {
      const url = (await program.says(/http:\/\/127\.0\.0\.1:\S+/)).trim();
      const { page } = await openPage(browser, url);
      await page.getByRole('button', { name: 'Models and devices' }).first().click();
      const row = page.locator(`[data-pack="${ID}"]`);
      await row.waitFor();
      return { program, page, row };
    } catch (error) {
      program.kill();
      throw new Error(`the window did not open: ${program.output()}`, { cause: error });
    }
  };
  const get = async (row: Awaited<ReturnType<typeof open>>['row']) =>
    row.getByRole('button', { name: /^(Get|Go on)/ }).click();
  try {
    // The mirror is a setting of the program; a person would type it once.
    const first = await open();
    await first.page.getByRole('button', { name: 'Mirror and token' }).click();
    await first.page.getByLabel('Mirror address').fill(hub.endpoint);
    await first.page.getByRole('button', { name: 'Save', exact: true }).click();
    await first.page.getByText(`From ${new URL(hub.endpoint).host}`).waitFor();
    first.program.kill();
    await first.page.context().close();
    await killedOften(scene, async () => {
      const { program, page, row } = await open();
      await get(row);
      return { program, close: () => page.context().close() };
    });
    const { program, page, row } = await open();
    try {
      await get(row);
      await row.getByText('Ready', { exact: true }).waitFor({ timeout: 300_000 });
      await row.getByRole('button', { name: `Actions for ${NAME}` }).click();
      await page.getByRole('menuitem', { name: 'Check every byte' }).click();
      await row.getByText('Verified').waitFor({ timeout: 300_000 });
      await row.getByText(NAME).click();
      await row.getByText('In use').waitFor();
      await page.getByRole('button', { name: 'Test all' }).waitFor({ timeout: 300_000 });
      await page.evaluate(() => (location.hash = '#/home'));
      await page.reload();
      const tab = new AppPage(page, []);
      await tab.openSample();
      await tab.canvas.focus();
      await page.keyboard.press('i');
      await page.locator('[data-frame="mask"]').waitFor({ timeout: 300_000 });
      const bar = await page.locator('.topbar').innerText();
      if (!bar.includes(NAME)) throw new Error(`another pack ran: ${bar}`);
      console.log(
        `    got, verified, chosen, ran on an image: ${(await tab.objects()).length} objects`,
      );
    } finally {
      program.kill();
      await program.ended;
    }
  } finally {
    await browser.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'salience-way-'));
try {
  for (const form of options.forms.split(',')) {
    const { hub, bytes } = await offer(folder, form);
    await using _closed = hub;
    for (const way of options.ways.split(',')) {
      console.log(`${form}, ${(bytes / 1e9).toFixed(2)} GB, by ${way}`);
      const scene = { hub, home: join(folder, `home-${form}-${way.replace(' ', '-')}`), bytes };
      await (way === 'window' ? byWindow(scene) : byCommandLine(scene));
      await rm(scene.home, { recursive: true, force: true });
    }
    await rm(join(folder, `checkpoint-${form}`), { recursive: true, force: true });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
