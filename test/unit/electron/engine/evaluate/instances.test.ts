// Average precision against the values that pycocotools gave for the same files: COCOeval of kind `segm` on
// 35 true and 35 found ellipses of three classes on six images, with crowds, wrong classes and equal scores.
// Found objects were given without boxes: pycocotools would take an object's area from its box.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../../../../../electron/engine/evaluate/evaluate.ts';
import { evaluationTable } from '../../../../../electron/engine/evaluate/table.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

const FIXTURE = join(import.meta.dirname, '../../../../fixtures/evaluate/cocoAp.json');

interface Fixture {
  readonly truth: { readonly annotations: readonly object[] };
  readonly prediction: object;
  readonly expected: {
    readonly [name: string]:
      number | null | readonly { name: string; ap: number; ap50: number; ap75: number }[];
  };
}

async function scene() {
  const folder = await temporaryFolder();
  const fixture = JSON.parse(await readFile(FIXTURE, 'utf8')) as Fixture;
  const write = async (name: string, value: unknown) => {
    const path = join(folder.path, name);
    await writeFile(path, JSON.stringify(value));
    return path;
  };
  const truth = await write('truth.json', fixture.truth);
  const pred = await write('pred.json', fixture.prediction);
  return Object.assign(folder, { fixture, write, truth, pred });
}

const close = (value: unknown) =>
  typeof value === 'number' ? (expect.closeTo(value, 9) as number) : value;

describe('scores of instances', () => {
  test('are those of pycocotools, all sizes, each class', async () => {
    await using s = await scene();
    const { truth, pred } = s;
    const result = await evaluate({ truth, pred, protocol: 'standard', instances: true });
    const { classes, ...means } = s.fixture.expected;
    const found = result.instances!;
    expect(found).toMatchObject(
      Object.fromEntries(Object.entries(means).map(([name, value]) => [name, close(value)])),
    );
    expect(found.classes.map(({ name, ap, ap50, ap75 }) => ({ name, ap, ap50, ap75 }))).toEqual(
      (classes as { name: string; ap: number; ap50: number; ap75: number }[]).map((one) => ({
        name: one.name,
        ap: close(one.ap),
        ap50: close(one.ap50),
        ap75: close(one.ap75),
      })),
    );
    expect(evaluationTable(result)).toMatch(/instances: AP +\d+\.\d\d/);
  });

  test('are 1 for the truth itself, and nothing where there is no object', async () => {
    await using s = await scene();
    const { truth } = s;
    const same = await evaluate({ truth, pred: truth, protocol: 'standard', instances: true });
    expect(same.instances).toMatchObject({ ap: close(1), ap50: close(1), recall: close(1) });
    const none = await s.write('none.json', { ...s.fixture.truth, annotations: [] });
    const empty = await evaluate({
      truth: none,
      pred: none,
      protocol: 'standard',
      instances: true,
    });
    expect(empty.instances).toMatchObject({ ap: null, small: null, classes: [] });
    const plain = await evaluate({ truth, pred: truth, protocol: 'standard' });
    expect(plain.instances).toBeNull();
  });

  test('need objects on both sides', async () => {
    await using s = await scene();
    const { truth } = s;
    const folder = join(import.meta.dirname, '../../../../fixtures/evaluate');
    await expect(
      evaluate({ truth, pred: folder, protocol: 'standard', instances: true }),
    ).rejects.toThrow(/PNG mask|no objects/);
  });
});
