// Tasks of Label Studio: which image each is about, which of several annotations counts, and what is told of the rest.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFormat } from '../../../../../../../electron/engine/dataset/formats/registry.ts';
import { collect, temporaryFolder } from '../../../../../../helpers/fixtures/dataset.ts';

const SIZE = { width: 10, height: 10 };
/** A box over some columns from the left, in percent. */
const box = (percent: number, label = 'cat') => ({
  type: 'rectanglelabels',
  original_width: SIZE.width,
  original_height: SIZE.height,
  value: { x: 0, y: 0, width: percent, height: 100, rotation: 0, rectanglelabels: [label] },
});

async function read(tasks: unknown, names: readonly string[] = ['a.png']) {
  const path = join(await temporaryFolder(), 'tasks.json');
  await writeFile(path, JSON.stringify(tasks));
  const dataset = await importFormat('label-studio').open(path, {
    skipBroken: true,
    images: names.map((fileName) => ({ fileName, ...SIZE })),
  });
  const images = await collect(dataset);
  return {
    found: images.flatMap(({ fileName, annotations }) =>
      annotations.map(({ mask, isProposal }) => {
        const covered = mask.counts.reduce((sum, run, at) => sum + (at % 2 === 1 ? run : 0), 0);
        return `${fileName} ${covered}${isProposal ? ' proposed' : ''}`;
      }),
    ),
    told: dataset.problems.told().map(({ path: place, message }) => `${place}: ${message}`),
  };
}
const task = (more: object, image = 'a.png') => [{ data: { image }, ...more }];
const version = (percent: number, more: object = {}) => ({ result: [box(percent)], ...more });

describe('of several annotations', () => {
  it.each([
    ['the only one', [version(10)], 'a.png 10'],
    [
      'the newest',
      [version(10, { created_at: '2026-01-01' }), version(20, { created_at: '2026-01-02' })],
      'a.png 20',
    ],
    [
      'the one that was changed last',
      [
        version(10, { created_at: '2026-01-01', updated_at: '2026-03-01' }),
        version(20, { created_at: '2026-02-01' }),
      ],
      'a.png 10',
    ],
    ['the first where no time is told', [version(10), version(20)], 'a.png 10'],
    [
      'the ground truth',
      [version(10, { ground_truth: true }), version(20, { created_at: '2026-01-02' })],
      'a.png 10',
    ],
    ['none that was cancelled', [version(10, { was_cancelled: true }), version(20)], 'a.png 20'],
    ['none that was skipped', [version(10, { skipped: true }), version(20)], 'a.png 20'],
  ])('%s counts', async (_what, annotations, object) => {
    const { found, told } = await read(task({ annotations }));
    expect(found).toEqual([object]);
    const sound = annotations.filter((one) => !('was_cancelled' in one || 'skipped' in one)).length;
    const left = told.filter((one) => one.startsWith('$[0].annotations: '));
    expect(left).toEqual(
      sound > 1
        ? [
            expect.stringContaining(
              `: ${sound - 1} of ${sound} annotations of this task are left out`,
            ),
          ]
        : [],
    );
  });

  it('older files call them completions', async () => {
    expect((await read(task({ completions: [version(30)] }))).found).toEqual(['a.png 30']);
  });
});

describe('predictions', () => {
  const predictions = [
    version(40, { created_at: '2026-01-02' }),
    version(50, { created_at: '2026-01-01' }),
  ];

  it('are proposals where nobody annotated, the newest of them', async () => {
    const { found, told } = await read(task({ annotations: [], predictions }));
    expect(found).toEqual(['a.png 40 proposed']);
    expect(told).toContainEqual(
      '$[0].predictions: has no annotation; its prediction is imported as proposals',
    );
    const cancelled = await read(
      task({ annotations: [version(10, { was_cancelled: true })], predictions }),
    );
    expect(cancelled.found).toEqual(['a.png 40 proposed']);
  });

  it('are left out beside an annotation, which is told where there was anything in them', async () => {
    const left = '$[0].predictions: are not imported: the task has an annotation';
    const both = await read(task({ annotations: [version(10)], predictions }));
    expect(both.found).toEqual(['a.png 10']);
    expect(both.told).toContain(left);
    const empty = await read(task({ annotations: [version(10)], predictions: [{ result: [] }] }));
    expect(empty.told).not.toContain(left);
  });
});

describe('the image of a task', () => {
  it.each([
    ['/data/upload/1/0a1b2c3d-a.png', 'a.png'],
    ['/data/local-files/?d=photos/a.png', 'photos/a.png'],
    ['https://there/bucket/a%20b.png?token=x#y', 'a b.png'],
    ['s3://bucket/100%.png', '100%.png'],
    ['0a1b2c3-a.png', '0a1b2c3-a.png'],
  ])('%s is %s', async (address, name) => {
    expect((await read(task({ annotations: [version(10)] }, address), [name])).found).toEqual([
      `${name} 10`,
    ]);
  });

  it('is the value of its usual name, else any that ends as images do', async () => {
    const data = (values: object) => [{ data: values, annotations: [version(10)] }];
    expect((await read(data({ text: 'b.png', img: 'a.png' }))).found).toEqual(['a.png 10']);
    expect((await read(data({ text: 'words', scan: 'a.png' }))).found).toEqual(['a.png 10']);
    expect((await read(data({ image: ' ', photo: 'a.png' }))).found).toEqual(['a.png 10']);
    const none = await read([...data({ text: 'words' }), ...task({ annotations: [version(10)] })]);
    expect(none.told).toContain('$[0].data: names no image');
    expect(none.found).toEqual(['a.png 10']);
  });

  it('is no address of more than eight thousand letters', async () => {
    const long = (length: number) => `${'x'.repeat(length - 5)}a.png`;
    const told = async (length: number) =>
      (await read([...task({}, long(length)), ...task({})])).told.join();
    expect(await told(8192)).not.toContain('holds the image itself');
    expect(await told(8193)).toContain('$[0].data: holds the image itself or no address');
  });

  it('is missing where a task is no object, and a file without tasks is none', async () => {
    const { told, found } = await read([3, ...task({ annotations: [version(10)] })]);
    expect(told).toContain('$[0]: is no task; expected an object');
    expect(found).toEqual(['a.png 10']);
    for (const nothing of [[], 3, 'x'])
      await expect(read(nothing)).rejects.toThrow('holds no tasks');
    // One task alone is a file as well.
    expect((await read(task({ annotations: [version(10)] })[0])).found).toEqual(['a.png 10']);
  });
});

it('JSON-MIN has its regions under the name of each control', async () => {
  const { type: _type, value, ...size } = box(60);
  const minimal = [
    { image: 'a.png', boxes: [{ ...size, ...value }], other: [{ choice: 'x' }], id: 3 },
  ];
  expect((await read(minimal)).found).toEqual(['a.png 60']);
});
