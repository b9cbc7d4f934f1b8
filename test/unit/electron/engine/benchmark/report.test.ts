// Reports: the example that was looked at is made again byte by byte; names of other people stay text; what
// makes figures incomparable is said.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  htmlReport,
  type ShownImage,
} from '../../../../../electron/engine/benchmark/report/html.ts';
import { joinedTable } from '../../../../../electron/engine/benchmark/report/join.ts';
import {
  classesCsv,
  markdownReport,
} from '../../../../../electron/engine/benchmark/report/plain.ts';
import type { BenchmarkResult } from '../../../../../electron/engine/benchmark/result.ts';
import { readResult } from '../../../../../electron/engine/benchmark/resultFile.ts';
import { temporaryFolder } from '../../../../helpers/fixtures/dataset.ts';

const EXAMPLE = join(import.meta.dirname, '../../../../fixtures/benchmarkReport');
const stored = (name: string) => readFile(join(EXAMPLE, name), 'utf8');
const scores = () => readResult(join(EXAMPLE, 'scores.json'));

test('the example is made again byte by byte', async () => {
  const result = await scores();
  const pictures = JSON.parse(await stored('pictures.json')) as ShownImage[];
  expect(htmlReport(result, pictures, [])).toBe(await stored('report.html'));
  expect(markdownReport(result)).toBe(await stored('report.md'));
  expect(classesCsv(result)).toBe(await stored('classes.csv'));
});

test('a page runs no script and fetches nothing, whatever things are called', async () => {
  const result = await scores();
  const name = `<script>alert("x")</script>'&|=1+1`;
  const hostile: BenchmarkResult = {
    ...result,
    title: name,
    failures: [{ name, message: name }],
    classesFrom: name,
    pack: { ...result.pack, name },
    protocols: {
      ...result.protocols,
      reference: {
        ...result.protocols.reference,
        classes: result.protocols.reference.classes.map((one) => ({ ...one, name })),
        confused: [{ truth: name, readAs: name, share: 0.5 }],
      },
    },
  };
  const picture: ShownImage = {
    rank: 'Best',
    name,
    iou: 0.5,
    width: 4,
    height: 3,
    picture: 'data:image/webp;base64,AA==',
    truth: 'data:image/png;base64,AA==',
    found: 'data:image/png;base64,AA==',
  };
  const page = htmlReport(hostile, [picture], [{ family: 'Salience', woff2: Uint8Array.of(1) }]);
  expect(page).not.toMatch(/<script/i);
  expect(page).toContain("default-src 'none'");
  expect(
    [...page.matchAll(/(?:src|href|url)\s*[=(]\s*"?(\w+)/g)].every(([, to]) => to === 'data'),
  ).toBe(true);
  expect(page).toContain('&#60;script&#62;');
  // One cell a name in the table, and no formula in the spreadsheet.
  expect(markdownReport(hostile)).toContain('\\|=1+1');
  const formula = { ...hostile.protocols.standard.classes[0]!, name: '=cmd()' };
  const csv = classesCsv({
    ...hostile,
    protocols: {
      ...hostile.protocols,
      standard: { ...result.protocols.standard, classes: [formula] },
    },
  });
  expect(csv).toContain(",'=cmd(),");
});

test('the judge of an engine, what differs from its publication and the settings of its call are told', async () => {
  const voc = await scores();
  const result: BenchmarkResult = {
    ...voc,
    engine: 'Rounds (CLIP as RNN)',
    judge: { id: 'clip-l', name: 'CLIP ViT-L/14', hash: 'c0ffee00c0ffee00' },
    remarks: ['Unlike the published evaluation: things and stuff are asked together.'],
    params: { preset: 'reference', engine: 'car', overrides: { 'car.confidence': 0.5 } },
  };
  const page = htmlReport(result, [], []);
  expect(page).toContain('judged by CLIP ViT-L/14');
  expect(page).toContain('<dt>Judge</dt><dd>clip-l c0ffee00c0ff</dd>');
  expect(page).toContain('<p class="warn">Unlike the published evaluation');
  expect(markdownReport(result)).toContain('Judge clip-l, c0ffee00c0ffee00.');
  expect(joinedTable([result, voc])).toContain(
    'judged by CLIP ViT-L/14 | reference, car.confidence=0.5 | truth of each image',
  );
  const file = join(await temporaryFolder(), 'scores.json');
  await writeFile(file, JSON.stringify(result));
  expect(await readResult(file)).toEqual(result);
});

test('scores of another shape are refused with the place that is off', async () => {
  const folder = await temporaryFolder();
  const whole = JSON.parse(await stored('scores.json')) as {
    protocols: { standard: Record<string, unknown> };
  };
  const file = join(folder, 'scores.json');
  const readAfter = async (change: (one: typeof whole) => void) => {
    const copy = structuredClone(whole);
    change(copy);
    await writeFile(file, JSON.stringify(copy));
    return readResult(file);
  };
  expect(await readAfter(() => undefined)).toEqual(whole);
  await expect(
    readAfter(({ protocols }) => (protocols.standard['meanIou'] = 'high')),
  ).rejects.toThrow(/scores\.json is no scores\.json .*\(protocols\.standard\.meanIou: /);
  await expect(readAfter(({ protocols }) => delete protocols.standard['classes'])).rejects.toThrow(
    'protocols.standard.classes',
  );
  await writeFile(file, '[]');
  await expect(readResult(file)).rejects.toThrow('is no scores.json');
});

test('a table has a row for each engine and source of classes, and says what is no match', async () => {
  const voc = await scores();
  const all: BenchmarkResult = { ...voc, classesFrom: 'all names', limit: null, imagesOfSet: 1449 };
  const ade: BenchmarkResult = { ...all, set: 'ade20k', officialImages: null };
  const text = joinedTable([voc, all, ade]);
  expect(text.split('\n')[0]).toBe(
    '| Engine | Pack | Settings | Classes come from | voc2012 | ade20k |',
  );
  const rows = text.split('\n').filter((line) => line.startsWith('| PnP-OVSS'));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain('truth of each image | 88.6* (reference, 3.78/s) | – |');
  expect(rows[1]).toContain('| all names | 88.6 (reference, 3.78/s) | 88.6 (reference, 3.78/s) |');
  expect(text).toContain('not comparable');
  expect(text).toContain('\\* voc2012, PnP-OVSS: A quick look: 6 of 7 images, seed 7.');
});
