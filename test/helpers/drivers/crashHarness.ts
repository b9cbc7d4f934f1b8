// Kills an engine process at random moments, or takes its project over, and checks what is left: every acknowledged edit is there,
// the log replays to the table, counts agree, and the next start goes on by itself.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Annotation, AnnotationId, ImageId } from '../../../electron/api/types.ts';
import { annotationsOf } from '../../../electron/engine/project/annotations.ts';
import { annotationWith, openBench, rectangle, addObjects, type Bench } from './engineBench.ts';
import { randomFrom } from '../fixtures/random.ts';
import { decodeChanges } from '../../../electron/engine/project/log/changeBlob.ts';
import { sameAnnotation } from '../../../electron/api/rules/document.ts';
import type { Store } from '../../../electron/engine/project/database/store.ts';

const CHILD = fileURLToPath(new URL('../children/crashChild.ts', import.meta.url));

export interface CrashCycle {
  readonly seed: number;
  readonly killedAfterMs: number;
  readonly acknowledged: number;
}

/** One life of a child engine, ended by SIGKILL; then the checks. Throws when anything was lost. */
export async function crashCycle(folder: string, seed: number): Promise<CrashCycle> {
  const random = randomFrom(seed);
  // Some lives end while the engine still opens the project and recovers from the last kill.
  const duringStart = random() < 0.25;
  const killedAfterMs = Math.floor(random() * random() * 600);
  const life = await lifeOf(folder, seed, killedAfterMs, duringStart);
  const bench = await openBench(folder);
  try {
    await checkLife(bench, life, seed);
  } finally {
    await bench.close();
  }
  return { seed, killedAfterMs, acknowledged: life.acks.length };
}

/** One life of a child engine that is asked for its project; then the same checks by the one who asked. */
export async function handOverCycle(folder: string, seed: number): Promise<CrashCycle> {
  const afterMs = Math.floor(randomFrom(seed)() * 400);
  const { child, life } = startLife(folder, seed);
  let bench: Bench | null = null;
  try {
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (text: string) => {
        if (text.includes('ready')) resolve();
      });
    });
    bench = await openBench(folder);
    expect(await bench.call('project.summary', {})).toMatchObject({ readOnly: true });
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    expect(await bench.call('project.takeOver', {})).toMatchObject({ readOnly: false });
    const ended = await life;
    await checkLife(bench, ended, seed);
    return { seed, killedAfterMs: afterMs, acknowledged: ended.acks.length };
  } finally {
    child.kill('SIGKILL');
    await bench?.close();
  }
}

async function checkLife(bench: Bench, life: Life, seed: number): Promise<void> {
  const { acks, lastRevision, stderr } = life;
  expect(stderr, `seed ${seed}: the engine must not fail by itself`).toBe('');
  const { store } = bench.engine.context.open.get();
  expect(store.pragma('integrity_check'), `seed ${seed}`).toBe('ok');
  const kept = new Set(store.all<{ tx_id: string }>('SELECT tx_id FROM log').map((r) => r.tx_id));
  const lost = acks.filter((txId) => !kept.has(txId));
  expect(lost, `seed ${seed}: acknowledged edits that are gone`).toEqual([]);
  const { revision } = await bench.call('project.summary', {});
  expect(revision, `seed ${seed}`).toBeGreaterThanOrEqual(lastRevision);
  checkReplay(store, seed);
  checkCounts(store, seed);
  await goesOn(bench, seed);
}

interface Life {
  readonly acks: string[];
  readonly lastRevision: number;
  readonly stderr: string;
}

async function lifeOf(
  folder: string,
  seed: number,
  killedAfterMs: number,
  duringStart: boolean,
): Promise<Life> {
  const { child, life } = startLife(folder, seed);
  if (duringStart) setTimeout(() => child.kill('SIGKILL'), killedAfterMs);
  else {
    let wasReady = false;
    child.stdout.on('data', (text: string) => {
      if (wasReady || !text.includes('ready')) return;
      wasReady = true;
      setTimeout(() => child.kill('SIGKILL'), killedAfterMs);
    });
  }
  return life;
}

/** A child engine at work, and what it told until its end. */
function startLife(folder: string, seed: number) {
  const child = spawn(process.execPath, [CHILD, folder, String(seed)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const life = new Promise<void>((resolve) => child.on('close', () => resolve())).then(() => ({
    ...toldIn(output),
    stderr,
  }));
  return { child, life };
}

function toldIn(output: string): Pick<Life, 'acks' | 'lastRevision'> {
  // A line that was cut by the kill was not told to anybody.
  const lines = output.slice(0, output.lastIndexOf('\n') + 1).split('\n');
  const acks: string[] = [];
  let lastRevision = 0;
  for (const line of lines) {
    const [kind, first = '', second = ''] = line.split(' ');
    if (kind === 'ack') {
      acks.push(first);
      lastRevision = Number(second);
    } else if (kind === 'accepted') lastRevision = Number(first);
  }
  return { acks, lastRevision };
}

/** What people did, replayed from the log, is what the table holds. */
function checkReplay(store: Store, seed: number): void {
  const state = new Map<AnnotationId, { imageId: ImageId; after: Annotation | null }>();
  for (const row of store.iterate<{ image_id: ImageId; changes: Uint8Array | null }>(
    'SELECT image_id, changes FROM log ORDER BY revision',
  )) {
    if (row.changes === null) continue;
    for (const { id, after } of decodeChanges(row.changes))
      state.set(id, { imageId: row.image_id, after });
  }
  const table = new Map<AnnotationId, Annotation>();
  for (const imageId of new Set([...state.values()].map((entry) => entry.imageId)))
    for (const annotation of annotationsOf(store, imageId)) table.set(annotation.id, annotation);
  const wrong = [...state].filter(([id, { after }]) => {
    // A proposal that nobody keeps may have been replaced by the job since.
    if (after?.status === 'proposal') return false;
    return !sameAnnotation(table.get(id) ?? null, after);
  });
  expect(wrong, `seed ${seed}: the log does not replay to the table`).toEqual([]);
}

function checkCounts(store: Store, seed: number): void {
  const wrong = store.all(
    `SELECT image.id, image.accepted, image.proposals FROM image WHERE
       accepted <> (SELECT count(*) FROM annotation WHERE image_id = image.id AND status = 1) OR
       proposals <> (SELECT count(*) FROM annotation WHERE image_id = image.id AND status = 0)`,
  );
  expect(wrong, `seed ${seed}: counts differ from the annotations`).toEqual([]);
  expect(
    store.get("SELECT count(*) AS n FROM job_item WHERE outcome = 'running'"),
    `seed ${seed}: items are left running`,
  ).toEqual({ n: 0 });
}

async function goesOn(bench: Bench, seed: number): Promise<void> {
  const { images } = await bench.call('image.list', {
    cursor: 0,
    limit: 1,
    filter: {},
    order: 'name',
  });
  // A life that ended while it opened may not have come to its classes.
  await bench.call('category.add', { names: ['cup', 'plate'] });
  const after = annotationWith(`alive-${seed}`, 1, rectangle(0, 0, 2, 2));
  await addObjects(bench, `alive-${seed}`, images[0]!.id, after);
  const undone = await bench.call('doc.undo', {});
  expect(undone.transaction?.changes[0]?.id, `seed ${seed}`).toBe(after.id);
}

/** Ends the work: resumes the job and checks that every image was done once. */
export async function finishJobs(folder: string, images: number): Promise<void> {
  const bench = await openBench(folder);
  try {
    const runner = bench.engine.context.open.jobs();
    const { jobs } = await bench.call('job.list', {});
    for (const job of jobs)
      if (job.state === 'paused') {
        await bench.call('job.resume', { id: job.id });
        await runner.settled(job.id);
      }
    // An image that a model process ended with twice is given up by name, and may be tried again.
    for (const { id, failed } of (await bench.call('job.list', {})).jobs)
      if (failed > 0) {
        await bench.call('job.retryFailed', { id });
        await runner.settled(id);
      }
    const { jobs: after } = await bench.call('job.list', {});
    expect(after.map(({ state, done, failed }) => ({ state, done, failed }))).toEqual(
      after.map(() => ({ state: 'done', done: images, failed: 0 })),
    );
    const { store } = bench.engine.context.open.get();
    const twice = store.all(
      `SELECT image_id, category_id, run_id, count(*) AS n FROM annotation WHERE origin = 1
       GROUP BY image_id, category_id, run_id HAVING n > 1`,
    );
    expect(twice, 'images that were proposed for twice').toEqual([]);
  } finally {
    await bench.close();
  }
}
