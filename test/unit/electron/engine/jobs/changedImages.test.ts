// Images that changed or went away since a job had them: nothing is told about files that are no more.
import { rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { warningEnglish } from '../../../../../electron/api/said/exportWords.ts';
import type { CategoryId, ImageId } from '../../../../../electron/api/types.ts';
import { exportProject } from '../../../../../electron/engine/exchange/exportProject.ts';
import type { Bench } from '../../../../helpers/drivers/engineBench.ts';
import {
  annotationWith,
  batchOf,
  imageFolder,
  openBench,
  rectangle,
  removeBench,
  standInOperations,
  addObjects,
} from '../../../../helpers/drivers/engineBench.ts';

const CUP = 1 as CategoryId;

describe('images that changed since a job had them', () => {
  let folder: string;
  let bench: Bench;
  let asked: string[];
  /** Sizes of the stand-in decoder by file name. */
  let sizes: Map<string, { width: number; height: number }>;

  beforeEach(async () => {
    folder = await imageFolder(4);
    asked = [];
    sizes = new Map();
    const operations = standInOperations({
      failFor: (path) => void asked.push(path.slice(folder.length + 1)),
    });
    const probe = operations['image.probe']!;
    bench = await openBench(folder, {
      operations: {
        ...operations,
        'image.probe': async (input, call) => ({
          ...(await probe(input, call)),
          ...sizes.get(input.path.slice(folder.length + 1)),
        }),
      },
    });
    await bench.call('category.add', { names: ['cup'] });
  });
  afterEach(async () => {
    await bench.close();
    await removeBench(folder);
  });

  const run = async () => {
    const jobs = bench.engine.context.open.jobs();
    const { id } = await jobs.start(batchOf({ categoryIds: [CUP] }), 'commandLine');
    return jobs.settled(id);
  };
  const replace = async (name: string, text = `another picture in ${name}`) => {
    await writeFile(join(folder, name), text);
    await utimes(join(folder, name), new Date(), new Date(Date.now() + 5000));
  };
  const exported = () =>
    exportProject(
      bench.engine.context,
      bench.engine.context.open.get(),
      {
        format: 'coco',
        target: null,
        fileName: 'labels.json',
        includeProposals: true,
        only: 'all',
        categoryIds: [CUP],
        split: null,
      },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
  const accept = (imageId: number) => {
    const after = annotationWith(`hand-${imageId}`, 1, rectangle(0, 0, 3, 3));
    return addObjects(bench, `t-${imageId}`, imageId as ImageId, after);
  };

  it('a finished job does a replaced image again, and only that, without its old proposals', async () => {
    await run();
    asked.length = 0;
    await replace('img2.png');
    const job = await run();
    expect(asked).toEqual(['img2.png']);
    expect(job).toMatchObject({ state: 'done', done: 4, failed: 0 });
    const { annotations } = await bench.call('image.open', { imageId: 2 as ImageId });
    expect(annotations).toHaveLength(1);
  });

  it('a file that was only touched is not done again', async () => {
    await run();
    asked.length = 0;
    await utimes(join(folder, 'img2.png'), new Date(), new Date(Date.now() + 5000));
    await run();
    expect(asked).toEqual([]);
  });

  it('an export takes no proposals of an earlier picture and says which images changed', async () => {
    await run();
    await accept(3);
    await replace('img2.png');
    await replace('img3.png');
    const report = await exported();
    expect(report.annotations).toBe(3);
    expect(report.warnings.map(warningEnglish).join('\n')).toMatch(/^img3\.png changed since/m);
  });

  it('an export refuses accepted masks of another size for that image alone', async () => {
    await run();
    await accept(3);
    await replace('img3.png');
    sizes.set('img3.png', { width: 16, height: 9 });
    const report = await exported();
    expect(report.images).toBe(3);
    expect(report.warnings.map(warningEnglish).join('\n')).toMatch(
      /img3\.png was left out: .*8 x 6.*16 x 9/,
    );
  });

  it('a job pauses when its folder is gone, and the same command goes on when it is back', async () => {
    const away = `${folder}-away`;
    await rename(folder, away);
    const jobs = bench.engine.context.open.jobs();
    const { id } = await jobs.start(batchOf({ categoryIds: [CUP] }), 'commandLine');
    expect(await jobs.settled(id)).toMatchObject({
      state: 'paused',
      failed: 0,
      reason: { code: 'FOLDER_MISSING' },
    });
    await rename(away, folder);
    expect(await run()).toMatchObject({ state: 'done', done: 4, failed: 0 });
  });

  it('an image that was away is tried again by the same command', async () => {
    await rename(join(folder, 'img2.png'), join(folder, 'away.txt'));
    expect(await run()).toMatchObject({ state: 'done', done: 3, failed: 1 });
    await rename(join(folder, 'away.txt'), join(folder, 'img2.png'));
    expect(await run()).toMatchObject({ state: 'done', done: 4, failed: 0 });
  });
});
