// The whole program at a batch, made to be killed: the real engine and model process on a folder. It
// starts the job or goes on with it, and a person accepts proposals meanwhile. What is acknowledged is
// told on stdout before the next thing is done.
import { writeSync } from 'node:fs';
import { openFolder } from '../../../electron/engine/opening/opening.ts';
import { callEngine, startEngine } from '../../../electron/hosts/startEngine.ts';
import { memorySecrets } from '../../../electron/engine/secrets/secretStore.ts';
import type { JobStatus } from '../../../electron/api/job.ts';
import type { BatchRequest } from '../../../electron/api/job.ts';

const [folder = ''] = process.argv.slice(2);
const tell = (kind: string, value: string | number) => writeSync(1, `${kind} ${value}\n`);
/** A person looks at every so many finished images. */
const ACCEPT_EVERY = 20;

const engine = await startEngine({
  kind: 'browser',
  log: (line) => process.stderr.write(`${line}\n`),
  roots: [folder],
  secrets: memorySecrets(),
});
const { context } = engine;
await openFolder(context, folder);
const job = await startOrGoOn();
tell('ready', job.id);

let nextAccept = 0;
let working: Promise<void> = Promise.resolve();
engine.onEvent((event, payload) => {
  if (event !== 'job.status') return;
  const { done, empty, failed, latest } = payload as typeof job;
  tell('finished', done + empty + failed);
  const imageId = latest[0];
  if (done < nextAccept || imageId === undefined) return;
  nextAccept = done + ACCEPT_EVERY;
  working = working.then(() => accept(imageId));
});

/** One pass and no edges: it is the job that is tried here. */
async function startOrGoOn(): Promise<JobStatus> {
  const [known] = (await callEngine(engine, 'job.list', {})).jobs;
  if (known)
    return known.state === 'paused'
      ? (await callEngine(engine, 'job.resume', { id: known.id })).job
      : known;
  const { categories, packId } = await callEngine(engine, 'project.summary', {});
  const request: BatchRequest = {
    images: { kind: 'all' },
    categoryIds: categories.map(({ id }) => id),
    auto: null,
    params: { preset: 'pack', overrides: { 'pnp.passes': 1, 'masks.crf': false } },
    packId,
    merge: 'proposals',
    thresholds: {},
  };
  return (await callEngine(engine, 'job.start', { request })).job;
}

async function accept(imageId: (typeof job.latest)[number]): Promise<void> {
  const { annotations } = await callEngine(engine, 'image.open', { imageId });
  const ids = annotations.filter(({ status }) => status === 'proposal').map(({ id }) => id);
  if (ids.length === 0) return;
  await callEngine(engine, 'review.decide', { ids, decision: 'accept' });
  for (const id of ids) tell('accepted', id);
}

await context.open.jobs().settled(job.id);
await working;
await engine.close();
tell('over', 0);
