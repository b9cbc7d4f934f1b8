// A batch of many small images by the real program, killed again and again with its model process; in
// the end every image was done once, nothing that was accepted changed, and the report is right.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect } from 'vitest';
import type { ImageId, Revision } from '../../../electron/api/types.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { openFolder } from '../../../electron/engine/opening/opening.ts';
import { memorySecrets } from '../../../electron/engine/secrets/secretStore.ts';
import { callEngine, startEngine } from '../../../electron/hosts/startEngine.ts';
import { annotationWith, rectangle, additionOf } from './engineBench.ts';
import { randomFrom } from '../fixtures/random.ts';
import type { JobStatus } from '../../../electron/api/job.ts';
import type { Store } from '../../../electron/engine/project/database/store.ts';

const CHILD = fileURLToPath(new URL('../children/jobsChild.ts', import.meta.url));
const CLASSES = ['blue circle', 'red square', 'sun'];
const SIDE_PX = 96;

/** Small drawn images, all different; every `damagedEvery`-th file is no image. */
export async function drawImages(
  folder: string,
  { count, damagedEvery, seed }: { count: number; damagedEvery: number; seed: number },
): Promise<string[]> {
  const random = randomFrom(seed);
  const damaged: string[] = [];
  await mkdir(folder, { recursive: true });
  for (let i = 0; i < count; i += 1) {
    const name = `img${String(i).padStart(5, '0')}.png`;
    if (i % damagedEvery === damagedEvery - 1) {
      damaged.push(name);
      await writeFile(join(folder, name), `no image ${i}`);
      continue;
    }
    const at = () => Math.round(10 + random() * 50);
    const grey = Math.round(60 + random() * 160);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE_PX}" height="${SIDE_PX}">
      <rect width="100%" height="100%" fill="rgb(${grey},${grey},${(grey + i) % 256})"/>
      <circle cx="${at() + 15}" cy="${at() + 15}" r="${8 + random() * 12}" fill="#2244dd"/>
      <rect x="${at()}" y="${at()}" width="22" height="22" fill="#dd2222"/></svg>`;
    await writeFile(join(folder, name), await sharp(Buffer.from(svg)).png().toBuffer());
  }
  return damaged;
}

/** The program in this process, to look at the project between lives. */
export async function openProgram(folder: string): Promise<Engine> {
  const log = () => undefined;
  const secrets = memorySecrets();
  const engine = await startEngine({ kind: 'browser', log, roots: [folder], secrets });
  await openFolder(engine.context, folder, { complete: true });
  return engine;
}

/** Classes, and masks drawn by hand on every tenth image. */
export async function prepareProject(folder: string): Promise<void> {
  const engine = await openProgram(folder);
  const { store } = engine.context.open.get();
  await callEngine(engine, 'category.add', { names: CLASSES });
  const size = { width: SIDE_PX, height: SIDE_PX };
  for (const { id } of store.all<{ id: ImageId }>('SELECT id FROM image WHERE id % 10 = 1')) {
    const after = annotationWith(`hand-${id}`, 1, rectangle(id % 40, 5, 20, 30, size));
    await callEngine(engine, 'doc.commit', {
      transaction: additionOf(`hand-${id}`, id, after),
      baseRevision: 0 as Revision,
    });
  }
  await engine.close();
}

export interface Life {
  /** Images finished when it ended. */
  readonly finished: number;
  /** Annotations whose acceptance was acknowledged. */
  readonly accepted: readonly string[];
  readonly over: boolean;
}

/**
 * One life of the program, ended with its model process by SIGKILL `afterMs` after `atFinished` images
 * are done (null = while it still starts), or by itself.
 */
export async function jobsLife(
  folder: string,
  kill: { atFinished: number | null; afterMs: number } | null,
): Promise<Life> {
  // A process group of its own: the model process ends with it.
  const child = spawn(process.execPath, [CHILD, folder], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let stderr = '';
  let timer: NodeJS.Timeout | null = null;
  const end = () => {
    if (timer === null && kill !== null && child.pid !== undefined) {
      const group = -child.pid;
      timer = setTimeout(() => process.kill(group, 'SIGKILL'), kill.afterMs);
    }
  };
  if (kill?.atFinished === null) end();
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    const atFinished = kill?.atFinished ?? null;
    if (atFinished !== null && finishedIn(output) >= atFinished) end();
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (timer) clearTimeout(timer);
  const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n');
  const over = lines.includes('over 0');
  expect(over || code === null, `the program ended by itself: ${stderr.slice(-2000)}`).toBe(true);
  return {
    finished: finishedIn(output),
    accepted: lines.flatMap((line) =>
      line.startsWith('accepted ') ? line.slice('accepted '.length) : [],
    ),
    over,
  };
}

function finishedIn(output: string): number {
  const at = output.lastIndexOf('finished ');
  return at < 0 ? 0 : Number.parseInt(output.slice(at + 'finished '.length), 10) || 0;
}

/** Every accepted annotation by id, as one number over all its columns. */
export function acceptedIn(store: Store): Map<string, string> {
  return new Map(
    store
      .all<{ id: string }>('SELECT * FROM annotation WHERE status = 1 ORDER BY id')
      .map((row) => [row.id, createHash('sha256').update(JSON.stringify(row)).digest('hex')]),
  );
}

/** What must hold whenever the program is not running. */
export function checkBetween(store: Store, what: string): void {
  expect(store.pragma('integrity_check'), what).toBe('ok');
  const halves = store.all(
    `SELECT job_item.image_id, outcome, job_item.proposals, count(annotation.seq) AS n
     FROM job_item LEFT JOIN annotation ON annotation.image_id = job_item.image_id
       AND annotation.job_id = job_item.job_id
     GROUP BY job_item.image_id HAVING n <> CASE outcome WHEN 'done' THEN job_item.proposals ELSE 0 END`,
  );
  expect(halves, `${what}: images of which only a part was written`).toEqual([]);
  const twice = store.all(
    "SELECT image_id, count(*) AS n FROM log WHERE client_id = 'job' GROUP BY image_id HAVING n > 1",
  );
  expect(twice, `${what}: images that were done twice`).toEqual([]);
}

/** The report against what lies in the project. */
export function checkReport(
  store: Store,
  job: JobStatus,
  expected: { images: number; damaged: number },
): void {
  const outcomes = new Map(
    store
      .all<{ outcome: string; n: number }>(
        'SELECT outcome, count(*) AS n FROM job_item GROUP BY outcome',
      )
      .map(({ outcome, n }) => [outcome, n]),
  );
  const { n: proposals } = store.get<{ n: number }>(
    'SELECT count(*) AS n FROM annotation WHERE job_id = ?',
    job.id,
  )!;
  const { n: doubtful } = store.get<{ n: number }>(
    'SELECT count(DISTINCT image_id) AS n FROM annotation WHERE job_id = ? AND doubtful = 1',
    job.id,
  )!;
  const { done, empty, failed, skipped, total, state } = job;
  expect({ state, total, failed, skipped, all: done + empty + failed }).toEqual({
    state: 'done',
    total: expected.images,
    failed: expected.damaged,
    skipped: 0,
    all: expected.images,
  });
  expect({ done, empty, proposals: job.proposals, doubtful: job.doubtful }).toEqual({
    done: outcomes.get('done') ?? 0,
    empty: outcomes.get('empty') ?? 0,
    proposals,
    doubtful,
  });
}
