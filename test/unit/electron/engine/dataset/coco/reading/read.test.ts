// The COCO importer: every form of a file it reads, every fault with its JSON path, no way to hurt it.
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCoco } from '../../../../../../../electron/engine/dataset/coco/reading/read.ts';
import { writeCoco } from '../../../../../../../electron/engine/dataset/coco/write.ts';
import { rleToString } from '../../../../../../../electron/masks/runs/rleString.ts';
import { draw } from '../../../../../../helpers/fixtures/masks.ts';
import { collect } from '../../../../../../helpers/fixtures/dataset.ts';
import { temporaryFolder } from '../../../../../../helpers/fixtures/dataset.ts';

const ring = draw('.####...', '.#..#...', '.####...', '........');
const box = draw('........', '.###....', '.###....', '........');
const images = [{ id: 1, file_name: 'a.jpg', width: 8, height: 4 }];
const categories = [{ id: 1, name: 'cat', supercategory: 'animal' }];
const good = {
  id: 1,
  image_id: 1,
  category_id: 1,
  segmentation: [[1, 1, 4, 1, 4, 3, 1, 3]],
  area: 6,
  bbox: [1, 1, 3, 2],
  iscrowd: 0,
};

async function file(content: unknown): Promise<string> {
  const path = join(await temporaryFolder(), 'in.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

async function problemsOf(annotations: unknown[], more = {}) {
  const path = await file({ images, categories, annotations, ...more });
  await using read = await readCoco(path, { skipBroken: true });
  return read.problems.kept;
}

describe('the COCO importer', () => {
  it('reads polygons, compressed and uncompressed RLE, crowds and scores', async () => {
    const path = await file({
      images,
      categories,
      annotations: [
        good,
        {
          ...good,
          id: 2,
          segmentation: { size: [4, 8], counts: rleToString(ring) },
          score: 0.5,
        },
        { ...good, id: 3, segmentation: { size: [4, 8], counts: [...ring.counts] }, iscrowd: 1 },
      ],
    });
    await using read = await readCoco(path);
    expect(read.problems.kept).toEqual([]);
    expect(read.annotationCount).toBe(3);
    const [found] = await collect(read);
    expect(found!.annotations).toEqual([
      { id: 1, categoryId: 1, mask: box, score: null, origin: 'import', isCrowd: false, extra: {} },
      { id: 2, categoryId: 1, mask: ring, score: 0.5, origin: 'import', isCrowd: false, extra: {} },
      { id: 3, categoryId: 1, mask: ring, score: null, origin: 'import', isCrowd: true, extra: {} },
    ]);
  });

  it('reads a file whose annotations stand before images and categories, in any order', async () => {
    const two = [...images, { id: 9, file_name: 'b.jpg', width: 8, height: 4 }];
    const annotations = [3, 1, 2].map((id) => ({ ...good, id, image_id: id === 1 ? 1 : 9 }));
    const path = await file({ annotations, categories, images: two });
    await using read = await readCoco(path);
    const ids = (await collect(read)).map((i) => i.annotations.map((a) => a.id));
    expect(ids).toEqual([[1], [3, 2]]);
  });

  it('can be walked twice', async () => {
    await using read = await readCoco(await file({ images, categories, annotations: [good] }));
    expect(await collect(read)).toEqual(await collect(read));
  });

  it.each([
    ['no object', [5], '$.annotations[0]', /is 5/],
    ['an unknown image', [{ ...good, image_id: 7 }], '$.annotations[0].image_id', /no image/],
    ['an unknown class', [{ ...good, category_id: 9 }], '$.annotations[0].category_id', /no cat/],
    [
      'no segmentation',
      [{ ...good, segmentation: undefined }],
      '$.annotations[0].segmentation',
      /box only/,
    ],
    ['an empty list', [{ ...good, segmentation: [] }], '$.annotations[0].segmentation', /empty/],
    [
      'four numbers',
      [{ ...good, segmentation: [[1, 2, 3, 4]] }],
      '$.annotations[0].segmentation[0]',
      /has 4 numbers/,
    ],
    [
      'an odd count',
      [{ ...good, segmentation: [[1, 2, 3, 4, 5, 6, 7]] }],
      '$.annotations[0].segmentation[0]',
      /odd count/,
    ],
    [
      'a flat list',
      [{ ...good, segmentation: [1, 2, 3, 4, 5, 6] }],
      '$.annotations[0].segmentation',
      /flat list/,
    ],
    [
      'text in a polygon',
      [{ ...good, segmentation: [[1, 2, 'x', 4, 5, 6]] }],
      '$.annotations[0].segmentation[0]',
      /number 2 is "x"/,
    ],
    [
      'a swapped size',
      [{ ...good, segmentation: { size: [8, 4], counts: rleToString(ring) } }],
      '$.annotations[0].segmentation.size',
      /\[width, height\] of the image/,
    ],
    [
      'a bomb',
      [{ ...good, segmentation: { size: [1e9, 1e9], counts: 'o' } }],
      '$.annotations[0].segmentation.size',
      /\[4, 8\] was expected/,
    ],
    [
      'runs that do not fill the image',
      [{ ...good, segmentation: { size: [4, 8], counts: [3, 3] } }],
      '$.annotations[0].segmentation',
      /add up to 6/,
    ],
    [
      'negative runs',
      [{ ...good, segmentation: { size: [4, 8], counts: [-3, 35] } }],
      '$.annotations[0].segmentation',
      /run 0 is -3/,
    ],
    [
      'a mask outside its image',
      [{ ...good, segmentation: [[100, 100, 200, 100, 200, 200]] }],
      '$.annotations[0].segmentation',
      /covers no pixel/,
    ],
    ['panoptic segments', [{ image_id: 1, segments_info: [] }], '$.annotations[0]', /panoptic/],
  ])('names %s with its path and leaves it out', async (_name, annotations, path, message) => {
    const problems = await problemsOf([...annotations, { ...good, id: 2 }]);
    expect(problems).toMatchObject([
      { path, message: expect.stringMatching(message) as string, effect: 'skipped' },
    ]);
  });

  it.each([
    ['a missing id', { id: undefined }, '.id'],
    ['id 0', { id: 0 }, '.id'],
    ['a text id', { id: '5' }, '.id'],
    ['a missing iscrowd', { iscrowd: undefined }, '.iscrowd'],
    ['a true iscrowd', { iscrowd: true }, '.iscrowd'],
    ['a missing area', { area: undefined }, '.area'],
    ['an empty box', { bbox: [] }, '.bbox'],
    ['a text score', { score: 'high' }, '.score'],
    [
      'one broken ring of two',
      { segmentation: [good.segmentation[0], [1, 2]] },
      '.segmentation[1]',
    ],
  ])('repairs %s and keeps the annotation', async (_name, change, field) => {
    const path = await file({ images, categories, annotations: [{ ...good, ...change }] });
    await using read = await readCoco(path);
    expect(read.problems.kept.map((p) => [p.path, p.effect])).toEqual([
      [`$.annotations[0]${field}`, 'repaired'],
    ]);
    const [found] = await collect(read);
    expect(found!.annotations.map((a) => a.mask)).toEqual([box]);
  });

  it('gives the later of two equal annotation ids a new number', async () => {
    const path = await file({ images, categories, annotations: [good, good] });
    await using read = await readCoco(path);
    const [found] = await collect(read);
    expect(found!.annotations.map((a) => a.id)).toEqual([1, null]);
    expect(read.problems.kept[0]!.path).toBe('$.annotations[1].id');
  });

  it.each([
    ['an id that is null', { id: null }, '$.images[0].id'],
    ['an id twice', { id: 1 }, '$.images[0].id'],
    ['no name', { file_name: undefined }, '$.images[0].file_name'],
    ['no width', { width: undefined }, '$.images[0].width'],
    ['a huge size', { width: 1e9, height: 1e9 }, '$.images[0]'],
  ])('refuses an image with %s', async (_name, change, path) => {
    const odd = { id: 2, file_name: 'b.jpg', width: 8, height: 4, ...change };
    const list = _name === 'an id twice' ? [images[0], odd] : [odd, images[0]];
    const at = _name === 'an id twice' ? '$.images[1].id' : path;
    const problems = await problemsOf([good], { images: list });
    expect(problems.map((p) => [p.path, p.effect])).toEqual([[at, 'skipped']]);
  });

  it('lists every problem at once and imports nothing unless told to', async () => {
    const annotations = [{ ...good, image_id: 7 }, good, { ...good, category_id: 3 }];
    const path = await file({ images, categories, annotations });
    await expect(readCoco(path)).rejects.toThrow(
      expect.objectContaining({
        code: 'IMPORT_INVALID',
        message: expect.stringMatching(
          /2 items[^]*annotations\[0\]\.image_id[^]*annotations\[2\]\.category_id/,
        ) as string,
      }),
    );
    await using read = await readCoco(path, { skipBroken: true });
    expect(read.annotationCount).toBe(1);
  });

  it.each([
    ['an empty file', '', '$', /empty/],
    ['a list', '[1, 2]', '$', /is a list/],
    ['an image', 'JFIF', '$', /'\{' was expected/],
    ['a missing list', '{"images": [], "annotations": []}', '$.categories', /missing/],
    [
      'a list that is none',
      '{"images": 5, "annotations": [], "categories": []}',
      '$.images',
      /no list/,
    ],
    [
      'text behind the end',
      '{"images":[],"annotations":[],"categories":[]} x',
      '$',
      /end of the file/,
    ],
  ])('explains %s', async (_name, text, path, message) => {
    await expect(readCoco(await file(text), { skipBroken: true })).rejects.toThrow(
      expect.objectContaining({
        data: {
          problems: expect.arrayContaining([
            { path, message: expect.stringMatching(message) as string },
          ]) as unknown,
        },
      }),
    );
  });

  it('reads UTF-8 with a byte order mark and says what to do with UTF-16', async () => {
    const text = JSON.stringify({ images, categories, annotations: [good] });
    await using read = await readCoco(await file(`\ufeff${text}`));
    expect(read.annotationCount).toBe(1);
    const path = await file('');
    await writeFile(path, `\ufeff${text}`, 'utf16le');
    await expect(readCoco(path)).rejects.toThrow(/save the file as UTF-8/);
  });

  it('imports the whole part of a file that breaks off', async () => {
    const annotations = [good, { ...good, id: 2 }];
    const text = JSON.stringify({ images, categories, annotations });
    await using read = await readCoco(await file(text.slice(0, -20)), { skipBroken: true });
    expect(read.annotationCount).toBe(1);
    expect(read.problems.kept).toEqual([
      {
        path: '$.annotations[1]',
        message: expect.stringMatching(/ends here/) as string,
        effect: 'skipped',
      },
    ]);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\x.jpg', 'https://host/x.jpg', 'scan\\1.png'])(
    'keeps the image name %s as it is: names are compared, never opened',
    async (file_name) => {
      const path = await file({
        images: [{ ...images[0], file_name }],
        categories,
        annotations: [good],
      });
      await using read = await readCoco(path);
      expect(read.problems.kept).toEqual([]);
      expect((await collect(read)).map((i) => [i.fileName, i.annotations.length])).toEqual([
        [file_name, 1],
      ]);
    },
  );

  it('takes NaN and Infinity, as Python writes them, for what each field makes of them', async () => {
    const annotations = [good, { ...good, id: 2 }, { ...good, id: 3, score: 0, note: 0 }];
    const text = JSON.stringify({ images, categories, annotations })
      .replace('"area":6', '"area":NaN')
      .replace('[1,1,4,1,4,3,1,3]],"area":6,"bbox":[1,1,3,2],"iscrowd":0}', (found) =>
        found.replace('[1,1', '[NaN,1'),
      )
      .replace('"score":0', '"score":-Infinity')
      .replace('"note":0', '"note":NaN');
    await using read = await readCoco(await file(text), { skipBroken: true });
    expect(read.problems.kept.map((p) => `${p.effect} ${p.path} ${p.message}`)).toEqual([
      'repaired $.annotations[0].area is NaN; counted from the mask',
      'skipped $.annotations[1].segmentation[0] number 0 is NaN; expected a coordinate',
      'repaired $.annotations[2].score is -Infinity; left out',
      'repaired $.annotations[2].note is NaN; kept as null',
    ]);
    const [found] = await collect(read);
    expect(found!.annotations.map((a) => [a.id, a.score, a.extra])).toEqual([
      [1, null, {}],
      [3, null, { note: null }],
    ]);
  });

  it('tells ids apart in whatever form they are, and finds a text by its number', async () => {
    const big = '9007199254740993';
    const text = JSON.stringify({
      images: [
        { ...images[0], id: 'a7' },
        { ...images[0], id: 'BIG', file_name: 'b.jpg' },
        { ...images[0], id: 'BIGGER', file_name: 'c.jpg' },
        { ...images[0], id: 12, file_name: 'd.jpg' },
      ],
      categories: [
        { id: '1', name: 'cat' },
        { id: -4, name: 'dog' },
      ],
      annotations: [
        { ...good, id: 'x', image_id: 'a7', category_id: '1' },
        { ...good, id: 'BIG', image_id: 'BIG', category_id: -4 },
        { ...good, id: 3, image_id: 'BIGGER', category_id: 1 },
        { ...good, id: 4, image_id: '12', category_id: '-4' },
      ],
    })
      .replaceAll('"BIG"', big)
      .replaceAll('"BIGGER"', '9007199254740992');
    await using read = await readCoco(await file(text));
    expect(read.categories.map(({ id, name }) => [id, name])).toEqual([
      [1, 'cat'],
      [2, 'dog'],
    ]);
    const found = await collect(read);
    expect(found.map((i) => [i.fileName, i.annotations.map((a) => a.categoryId)])).toEqual([
      ['a.jpg', [1]],
      ['b.jpg', [2]],
      ['c.jpg', [1]],
      ['d.jpg', [2]],
    ]);
    expect(read.problems.told().map((p) => `${p.path} ${p.message}`)).toEqual([
      '$.images[0].id is text; exports have whole numbers, it gets a new one',
      '$.images[1].id is a number beyond 2^53, which many readers round; it gets a new one (the same in 1 more)',
      '$.categories[0].id is text; exports have whole numbers, it gets a new one',
      '$.categories[1].id is no whole number of 1 or more; it gets a new one',
      '$.annotations[0].id is text; exports have whole numbers, it gets a new one',
      '$.annotations[1].id is a number beyond 2^53, which many readers round; it gets a new one',
    ]);
  });

  it('keeps whole numbers of unknown fields that a double would round', async () => {
    const text = JSON.stringify({ images, categories, annotations: [{ ...good, big: 'N' }] });
    const path = await file(
      text.replace('"N"', '[12345678901234567890, 0.1, "NaN 1234567890123456789"]'),
    );
    await using read = await readCoco(path);
    const out = join(await temporaryFolder(), 'out.json');
    await writeCoco(read, out, { profile: 'coco', overwrite: false, keepIds: true });
    expect(readFileSync(out, 'utf8')).toContain(
      '"big":[12345678901234567890,0.1,"NaN 1234567890123456789"]',
    );
  });

  it.each([
    [
      'corners in pairs',
      [
        [
          [1, 1],
          [4, 1],
          [4, 3],
          [1, 3],
        ],
      ],
      '',
      /in pairs/,
    ],
    [
      'a bare list of corners',
      [
        [1, 1],
        [4, 1],
        [4, 3],
        [1, 3],
      ],
      '',
      /in pairs/,
    ],
    ['one list too many', [[[1, 1, 4, 1, 4, 3, 1, 3]]], '', /one list too deep/],
    ['numbers as text', [['1', '1', '4', '1', '4', '3', '1', '3']], '', /as text/],
    [
      'RLE as Python bytes',
      { size: [4, 8], counts: `b'${rleToString(box)}'` },
      '.counts',
      /Python/,
    ],
  ])(
    'reads a polygon with %s, which can only mean one thing',
    async (_what, segmentation, at, why) => {
      const path = await file({ images, categories, annotations: [{ ...good, segmentation }] });
      await using read = await readCoco(path);
      expect(read.problems.kept).toMatchObject([
        {
          path: `$.annotations[0].segmentation${at}`,
          message: expect.stringMatching(why) as string,
          effect: 'repaired',
        },
      ]);
      expect((await collect(read))[0]!.annotations.map((a) => a.mask)).toEqual([box]);
    },
  );

  it('refuses rings in rings and lists of mixed depth for what they are', async () => {
    const ring = [
      [1, 1],
      [4, 1],
      [4, 3],
      [1, 3],
    ];
    const problems = await problemsOf([
      { ...good, segmentation: [[ring, ring]] },
      { ...good, segmentation: [[1, 1, 4, 1, 4, 3], [[1, [2]]]] },
      good,
    ]);
    expect(problems.map((p) => p.message)).toEqual([
      expect.stringMatching(/rings inside rings/) as string,
      expect.stringMatching(/different depth/) as string,
    ]);
  });

  it('tells a repair of one kind once, with how often it was made', async () => {
    const bare = { image_id: 1, category_id: 1, segmentation: good.segmentation };
    const path = await file({
      images,
      categories,
      annotations: [1, 2, 3].map((id) => ({ id, ...bare })),
    });
    await using read = await readCoco(path);
    expect(read.problems.told().map((p) => `${p.path} ${p.message}`)).toEqual([
      '$.annotations[0].area is missing; counted from the mask (the same in 2 more)',
      '$.annotations[0].bbox is missing; taken from the mask (the same in 2 more)',
      '$.annotations[0].iscrowd is missing; read as 0 (the same in 2 more)',
    ]);
  });

  it('drops keys that could change object prototypes and keeps other unknown fields', async () => {
    const text = JSON.stringify({ images, categories, annotations: [{ ...good, note: { a: 1 } }] })
      .replace('"note":', '"__proto__":{"polluted":1},"note":')
      .replace('{"a":1}', '{"a":1,"__proto__":{"polluted":2}}')
      .replace('"images"', '"__proto__":{"polluted":3},"images"');
    await using read = await readCoco(await file(text));
    const [found] = await collect(read);
    const { extra } = found!.annotations[0]!;
    expect(Object.keys(extra)).toEqual(['note']);
    expect(extra).toEqual({ note: { a: 1 } });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect((extra as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.keys(read.extra)).toEqual([]);
  });

  it('stops where a list ends as an object, or an object as a list', async () => {
    for (const [text, found] of [
      ['{"images":[{"id":1}}', '}'],
      ['{"images":[1}', '}'],
      ['{"info":{"a":1}]', ']'],
    ] as const)
      await expect(readCoco(await file(text)), text).rejects.toThrow(
        `found "${found}" where a value, ',' or the end of the list was expected`,
      );
  });

  it('stops at hostile nesting and at single values without end', async () => {
    const deep = `{"images":[${'['.repeat(100_000)}`;
    await expect(readCoco(await file(deep))).rejects.toThrow(/nested deeper/);
    const long = JSON.stringify({ images, categories, annotations: [], note: 'x'.repeat(5000) });
    const limits = { maxPartBytes: 1000, maxDepth: 64 };
    await using read = await readCoco(await file(long), { limits, skipBroken: true });
    expect(read.problems.kept[0]).toMatchObject({ path: '$.note', message: /1000 bytes/ });
  });

  it('reads what pycocotools calls its own format the way it does', async () => {
    const recorded = JSON.parse(
      readFileSync(
        new URL('../../../../../../fixtures/coco/pycocotools.json', import.meta.url),
        'utf8',
      ),
    ) as { masks: { width: number; height: number; counts: string; area: number }[] };
    const many = recorded.masks.filter((m) => m.area > 0);
    const path = await file({
      images: many.map((m, i) => ({ ...images[0], ...m, id: i + 1, file_name: `${i}.png` })),
      categories,
      annotations: many.map((m, i) => ({
        ...good,
        id: i + 1,
        image_id: i + 1,
        segmentation: { size: [m.height, m.width], counts: m.counts },
      })),
    });
    await using read = await readCoco(path);
    const counts = (await collect(read)).map((i) => rleToString(i.annotations[0]!.mask));
    expect(counts).toEqual(many.map((m) => m.counts));
  });

  it('can be stopped', async () => {
    const path = await file({ images, categories, annotations: [good] });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readCoco(path, { signal })).rejects.toThrow('enough');
  });
});
