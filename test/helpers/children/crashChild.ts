// An engine under load, made to be killed or to hand its project over: edits, undos and reviews while a batch job runs and its
// model process is killed as well.
// Every acknowledged commit is told on stdout before the next one starts.
import { writeSync } from 'node:fs';
import type { Annotation, CategoryId, ImageId, Revision } from '../../../electron/api/types.ts';
import {
  annotationWith,
  batchOf,
  openBench,
  rectangle,
  transactionWith,
} from '../drivers/engineBench.ts';
import { randomFrom } from '../fixtures/random.ts';

const [folder = '', seedText = '1'] = process.argv.slice(2);
const random = randomFrom(Number(seedText));
const tell = (kind: string, value: string | number) => writeSync(1, `${kind} ${value}\n`);

const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
const bench = await openBench(folder);
const { categories } = await bench.call('category.add', { names: ['cup', 'plate'] });
const { images } = await bench.call('image.list', {
  cursor: 0,
  limit: 100,
  filter: {},
  order: 'name',
});
await bench.call('job.start', {
  request: batchOf({ categoryIds: categories.map((category) => category.id) }),
});
tell('ready', process.pid);

for (let round = 0; ; round += 1) {
  const imageId = images[Math.floor(random() * images.length)]!.id;
  const choice = random();
  try {
    if (choice < 0.6) await edit(imageId, round);
    else if (choice < 0.75) await accept();
    else if (choice < 0.88) await bench.call('doc.undo', {});
    else if (choice < 0.98) await bench.call('doc.redo', {});
    // The model process ends as well, now and then in the middle of an image.
    else bench.processes.crash('signal SIGKILL');
  } catch (error) {
    const { code } = error as { code?: string };
    // Another program writes from now on: what was not acknowledged is nobody's loss.
    if (code === 'PROJECT_READ_ONLY') break;
    // A job may have changed what was just read, or the project is let go this moment: the edit is refused.
    if (code !== 'DOC_CONFLICT' && code !== 'PROJECT_NOT_OPEN') throw error;
  }
  if (round % 5 === 0) await pause();
}
tell('over', 0);
await bench.close();

async function edit(imageId: ImageId, round: number): Promise<void> {
  const { annotations, revision } = await bench.call('image.open', { imageId });
  const mine = annotations.filter(({ origin }) => origin === 'user');
  const before: Annotation | null =
    mine.length > 0 && random() < 0.6 ? mine[Math.floor(random() * mine.length)]! : null;
  const txId = `tx-${seedText}-${round}`;
  const fresh = annotationWith(
    before?.id ?? `a-${seedText}-${round}`,
    1 + Math.floor(random() * 2),
    rectangle(Math.floor(random() * 6), Math.floor(random() * 4), 2, 2),
  );
  const after = before && random() < 0.2 ? null : fresh;
  const result = await bench.call('doc.commit', {
    transaction: transactionWith(txId, imageId, [{ id: fresh.id, before, after }]),
    baseRevision: revision as Revision,
  });
  tell('ack', `${txId} ${result.revision}`);
}

async function accept(): Promise<void> {
  const { items } = await bench.call('review.list', {
    categoryIds: [1 as CategoryId],
    minMatch: 0,
    maxMatch: 1,
    order: 'doubt',
    jobId: null,
    cursor: 0,
    limit: 3,
  });
  if (items.length === 0) return;
  const { revision } = await bench.call('review.decide', {
    ids: items.map(({ annotation }) => annotation.id),
    decision: 'accept',
  });
  tell('accepted', revision);
}
