// `salience doctor`: what this computer has and whether it works, in words that can be pasted into an issue.
import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, cpus, freemem, platform, release, totalmem } from 'node:os';
import { basename } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import type { DeviceReport } from '../../../api/model.ts';
import { soundnessOf } from '../../../engine/project/database/soundness.ts';
import { userDataFolder } from '../../home.ts';
import { callEngine, packPlaces, startEngine } from '../../startEngine.ts';
import { ENGINE_VERSION } from '../../../engine/version.ts';
import { thisDesk, whyNoBrowser } from '../../browser/appWindow.ts';
import { deviceLine } from './devices.ts';
import { counted } from '../../../link/words/counted.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { say, sayJson, tell } from '../terminal/lines.ts';

export interface DoctorOptions {
  readonly json?: boolean;
}

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly text: string;
}

const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

/** A device that this computer does not have is no fault; one that is there and wrong is. */
const isFine = ({ state }: DeviceReport) => state !== 'differs' && state !== 'crashed';

/** Looks at environment, packs, devices and, if one is named, a project; exit code 1 when something does not work. */
export async function doctor(project: string | undefined, options: DoctorOptions): Promise<number> {
  const findings: Finding[] = [];
  const found = (what: string, ok: boolean, text: string) => {
    findings.push({ what, ok, text });
    if (!options.json) say(`${ok ? 'ok  ' : 'FAIL'} ${what.padEnd(12)} ${text}`);
  };
  found(
    'Salience',
    true,
    `${ENGINE_VERSION} on Node ${process.versions.node}, ${platform()} ${release()} ${arch()}`,
  );
  found('Processor', true, `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} threads`);
  found('Memory', totalmem() > 2 * 1024 ** 3, `${gib(totalmem())}, ${gib(freemem())} free`);
  found('Browser', true, browserWords());
  if (project !== undefined) await checkProject(project, say);
  const interrupt = onInterrupt(STOP.look, tell);
  const engine = await startEngine({ kind: 'commandLine', log: () => {} });
  try {
    const disk = await statfs(userDataFolder()).catch(() => null);
    if (disk)
      found(
        'Disk',
        disk.bavail * disk.bsize > 1024 ** 3,
        `${gib(disk.bavail * disk.bsize)} free for projects and caches`,
      );
    const packs = (await callEngine(engine, 'model.list', {})).packs.filter(
      ({ state }) => state === 'ready' || state === 'broken',
    );
    found('Packs', packs.length > 0, `${packs.length} in ${packPlaces().installed} and built in`);
    for (const pack of packs) {
      const { problems } = await callEngine(
        engine,
        'model.verify',
        { id: pack.id },
        { signal: interrupt.signal },
      );
      found(
        'Pack',
        problems.length === 0,
        problems.length === 0 ? `${pack.id} is whole` : `${pack.id}: ${problems[0]}`,
      );
    }
    const { devices, chosen, reason } = await callEngine(
      engine,
      'device.test',
      { provider: null },
      { signal: interrupt.signal },
    );
    for (const report of devices) found('Device', isFine(report), deviceLine(report));
    found('Chosen', chosen !== '', `${chosen}: ${reason}`);
  } finally {
    interrupt.release();
    await engine.close();
  }
  if (options.json) sayJson(findings, 2);
  return findings.every(({ ok }) => ok) ? EXIT.ok : EXIT.someFailed;
}

/** What `serve --open` would do here. */
function browserWords(): string {
  const desk = thisDesk();
  const why = whyNoBrowser(desk);
  if (why !== null) return why;
  return desk.browser === null
    ? 'no Chromium, Chrome, Edge or Brave found; links open in your default browser'
    : `the app window opens in ${desk.browser}`;
}

async function checkProject(
  file: string,
  found: (what: string, ok: boolean, text: string) => void,
): Promise<void> {
  try {
    const { images, masks, missing, damage } = await soundnessOf(file);
    const [first] = damage;
    found(
      'Project',
      first === undefined,
      first === undefined
        ? `${basename(file)} is sound: ${counted(images, 'image')}, ${counted(masks, 'mask')} read`
        : `${basename(file)}: ${first}${damage.length > 1 ? ` and ${damage.length - 1} more` : ''}`,
    );
    if (missing.length > 0)
      found('Images', false, `${missing.length} of ${images} are gone, the first is ${missing[0]}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    found('Project', false, error.message);
  }
}
