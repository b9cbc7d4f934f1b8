// One table of behaviours, asked of the real engine and of the small one behind the page's tests: what the page is
// tested against must be what people get.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { invertChanges } from '../../electron/api/rules/document.ts';
import type { EventName, Events } from '../../electron/api/events.ts';
import type { Input, MethodName, Output } from '../../electron/api/methods.ts';
import type {
  Annotation,
  AnnotationChange,
  Category,
  CategoryId,
  ImageId,
  Transaction,
} from '../../electron/api/types.ts';
import {
  annotationWith,
  openBench,
  rectangle,
  SIDE,
  transactionWith,
} from '../helpers/drivers/engineBench.ts';
import { smallEngine } from '../helpers/standIns/rendererHost.ts';

interface Asked {
  call<M extends MethodName>(method: M, input: Input<M>, clientId?: string): Promise<Output<M>>;
  readonly events: { event: EventName; payload: Events[EventName] }[];
  close(): Promise<void>;
}

const NAMES = ['IMG_2041.jpg', 'IMG_2042.jpg', 'IMG_2043.jpg'];

/** A project of three images that were looked at once, so that their sizes are known. */
async function realEngine(): Promise<Asked> {
  const root = await mkdtemp(join(tmpdir(), 'salience-both-'));
  const folder = join(root, 'images');
  await mkdir(folder);
  for (const name of NAMES) await writeFile(join(folder, name), name);
  const bench = await openBench(folder);
  const call: Asked['call'] = (method, input, clientId = 'window') =>
    bench.call(method, input, { clientId });
  await expect.poll(async () => (await call('project.summary', {})).images).toBe(NAMES.length);
  for (const imageId of IMAGES) await call('image.open', { imageId });
  return {
    call,
    events: bench.events,
    async close() {
      await bench.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function pageEngine(): Promise<Asked> {
  const { engine } = smallEngine({ images: NAMES.length, size: [SIDE.width, SIDE.height] });
  const events: Asked['events'] = [];
  engine.onEvent((event, payload) => events.push({ event, payload }));
  const call: Asked['call'] = async (method, input, clientId = 'window') =>
    (await engine.handlers.get(method)!(input, {
      signal: new AbortController().signal,
      clientId,
      progress: () => {},
    })) as never;
  await call('project.openFolder', { folder: 'any' as never });
  return { call, events, close: async () => {} };
}

const [FIRST, SECOND, THIRD] = [1, 2, 3] as ImageId[] as [ImageId, ImageId, ImageId];
const IMAGES = [FIRST, SECOND, THIRD];
const CUP = 1 as CategoryId;
const NONE = {};

const listOf = async ({ call }: Asked, filter: Input<'image.list'>['filter'] = {}) => {
  const { total, images } = await call('image.list', {
    cursor: 0,
    limit: 10,
    filter,
    order: 'name',
  });
  return [total, ...images.map(({ name }) => name)];
};
const cups = ({ call }: Asked) => call('category.add', { names: ['cup'] });
const cup = (id: string, more: Partial<Annotation> = {}) =>
  annotationWith(id, CUP, rectangle(1, 1, 3, 2), more);
const adding = (one: Annotation): AnnotationChange => ({ id: one.id, before: null, after: one });

function commit(
  engine: Asked,
  txId: string,
  changes: AnnotationChange[],
  more: Partial<Transaction> & { by?: string } = {},
) {
  const { by, ...rest } = more;
  return engine.call(
    'doc.commit',
    { transaction: transactionWith(txId, FIRST, changes, rest), baseRevision: 0 as never },
    by,
  );
}

/** What the document holds, in the words of a person. */
const heldBy = async ({ call }: Asked, imageId = FIRST) =>
  (await call('image.open', { imageId })).annotations.map(
    ({ id, status, area, box, categoryId }) => ({ id, status, area, box, categoryId }),
  );
const idsOf = async (engine: Asked) => (await heldBy(engine)).map(({ id }) => id).toSorted();
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  );
const toldOf = <E extends EventName>({ events }: Asked, event: E) =>
  events.filter((one) => one.event === event).map(({ payload }) => payload as Events[E]);
const turn = async ({ call }: Asked, kind: 'undo' | 'redo', by?: string) => {
  const { transaction, imageName } = await call(`doc.${kind}`, NONE, by);
  return transaction && [transaction.label, imageName];
};
const historyOf = async ({ call }: Asked, by?: string) => {
  const { entries, canUndo, canRedo } = await call('doc.history', { imageId: null, limit: 10 }, by);
  return { steps: entries.map(({ label, undone }) => [label, undone]), canUndo, canRedo };
};
const changed = (
  id: CategoryId,
  before: Partial<Category>,
  after: Partial<Category>,
): Input<'category.save'> => ({ changes: [{ id, before, after }] });

interface Behaviour {
  readonly name: string;
  readonly act: (engine: Asked) => Promise<unknown>;
  readonly answer: unknown;
}

const BEHAVIOURS: readonly Behaviour[] = [
  {
    name: 'a project that was opened tells its totals',
    act: async ({ call }) => {
      const { images, counts, proposals, doubtful, readOnly, scanning, categories } = await call(
        'project.summary',
        NONE,
      );
      return { images, counts, proposals, doubtful, readOnly, scanning, categories };
    },
    answer: {
      images: 3,
      counts: { untouched: 3, proposals: 0, inProgress: 0, reviewed: 0 },
      proposals: 0,
      doubtful: 0,
      readOnly: false,
      scanning: false,
      categories: [],
    },
  },
  {
    name: 'images are listed by name, found by a part of it and by state',
    act: async (engine) => [
      await listOf(engine),
      await listOf(engine, { text: 'img_2042' }),
      await listOf(engine, { status: ['reviewed'] }),
      (
        await engine.call('image.list', { cursor: 1, limit: 1, filter: {}, order: 'name' })
      ).images.map(({ id }) => id),
    ],
    answer: [[3, ...NAMES], [1, 'IMG_2042.jpg'], [0], [2]],
  },
  {
    name: 'an image without work is empty; one that is not there is refused',
    act: async (engine) => {
      const { image, annotations, run, parked } = await engine.call('image.open', {
        imageId: FIRST,
      });
      const unknown = await codeOf(engine.call('image.open', { imageId: 99 as ImageId }));
      return [image.width, image.height, image.status, annotations, run, parked, unknown];
    },
    answer: [8, 6, 'untouched', [], null, [], 'IMAGE_UNKNOWN'],
  },
  {
    name: 'a commit counts area and box from the mask and tells every window',
    act: async (engine) => {
      await cups(engine);
      await commit(engine, 't1', [adding(cup('a', { area: 999, box: [0, 0, 8, 6] }))]);
      const [told] = toldOf(engine, 'project.revision');
      const { image } = await engine.call('image.open', { imageId: FIRST });
      return [
        await heldBy(engine),
        [told!.clientId, told!.transaction.txId, told!.image.accepted, told!.totals.counts],
        [image.status, image.accepted],
        await listOf(engine, { categoryIds: [CUP] }),
      ];
    },
    answer: [
      [{ id: 'a', status: 'accepted', area: 6, box: [1, 1, 3, 2], categoryId: 1 }],
      ['window', 't1', 1, { untouched: 2, proposals: 0, inProgress: 1, reviewed: 0 }],
      ['inProgress', 1],
      [1, 'IMG_2041.jpg'],
    ],
  },
  {
    name: 'a commit that comes twice is done once',
    act: async (engine) => {
      await cups(engine);
      const first = await commit(engine, 't1', [adding(cup('a'))]);
      const again = await commit(engine, 't1', [adding(cup('a'))]);
      return [first.revision === again.revision, await idsOf(engine)];
    },
    answer: [true, ['a']],
  },
  {
    name: 'what does not fit is refused by name and changes nothing',
    act: async (engine) => {
      await cups(engine);
      await commit(engine, 't1', [adding(cup('a'))]);
      const wide = rectangle(0, 0, 1, 1, { width: 9, height: 6 });
      return [
        await codeOf(commit(engine, 't2', [adding(cup('a', { z: 7 }))])),
        await codeOf(commit(engine, 't3', [adding(cup('b', { mask: wide }))])),
        await codeOf(commit(engine, 't4', [adding(cup('c', { mask: rectangle(0, 0, 0, 0) }))])),
        await codeOf(commit(engine, 't5', [adding(cup('d', { categoryId: 9 as CategoryId }))])),
        await codeOf(commit(engine, 't6', [adding(cup('e'))], { imageId: 99 as ImageId })),
        await idsOf(engine),
      ];
    },
    answer: [
      'DOC_CONFLICT',
      'BAD_REQUEST',
      'BAD_REQUEST',
      'CATEGORY_UNKNOWN',
      'IMAGE_UNKNOWN',
      ['a'],
    ],
  },
  {
    name: 'undo takes a step back and redo brings it again, each told to all windows',
    act: async (engine) => {
      await cups(engine);
      await commit(engine, 't1', [adding(cup('a'))], { label: 'Draw cup' });
      const back = [await turn(engine, 'undo'), await idsOf(engine), await historyOf(engine)];
      const again = [await turn(engine, 'redo'), await idsOf(engine), await historyOf(engine)];
      const told = toldOf(engine, 'project.turned').map(({ kind, label, imageName, of }) => [
        kind,
        label,
        imageName,
        of,
      ]);
      return { back, again, told, nothing: await turn(engine, 'redo') };
    },
    answer: {
      back: [
        ['Draw cup', 'IMG_2041.jpg'],
        [],
        { steps: [['Draw cup', true]], canUndo: null, canRedo: 'Draw cup' },
      ],
      again: [
        ['Draw cup', 'IMG_2041.jpg'],
        ['a'],
        { steps: [['Draw cup', false]], canUndo: 'Draw cup', canRedo: null },
      ],
      told: [
        ['undo', 'Draw cup', 'IMG_2041.jpg', 'window'],
        ['redo', 'Draw cup', 'IMG_2041.jpg', 'window'],
      ],
      nothing: null,
    },
  },
  {
    name: 'changes of one gesture are one step; a note is none',
    act: async (engine) => {
      await cups(engine);
      const gesture = { gestureId: 'g', label: 'Move' };
      const [a, moved] = [cup('a'), cup('a', { z: 5 })];
      await commit(engine, 't1', [adding(a)], gesture);
      await commit(engine, 't2', [{ id: a.id, before: a, after: moved }], {
        ...gesture,
        record: 'merge',
      });
      await commit(engine, 't3', [adding(cup('n'))], { record: 'never' });
      const before = await historyOf(engine);
      return [before, await turn(engine, 'undo'), await idsOf(engine), await turn(engine, 'undo')];
    },
    answer: [
      { steps: [['Move', false]], canUndo: 'Move', canRedo: null },
      ['Move', 'IMG_2041.jpg'],
      ['n'],
      null,
    ],
  },
  {
    name: 'a window undoes its own steps first, and a new step ends its redo',
    act: async (engine) => {
      await cups(engine);
      await commit(engine, 't1', [adding(cup('a'))], { label: 'Mine' });
      await commit(engine, 't2', [adding(cup('b'))], { label: 'Theirs', by: 'other' });
      const first = await turn(engine, 'undo');
      const held = await idsOf(engine);
      const second = await turn(engine, 'undo');
      await commit(engine, 't3', [adding(cup('c'))], { label: 'New' });
      return [first, held, second, await historyOf(engine), await turn(engine, 'redo')];
    },
    answer: [
      ['Mine', 'IMG_2041.jpg'],
      ['b'],
      ['Theirs', 'IMG_2041.jpg'],
      { steps: [['New', false]], canUndo: 'New', canRedo: null },
      null,
    ],
  },
  {
    name: 'a step that was taken back by hand can be drawn again under a new name',
    act: async (engine) => {
      await cups(engine);
      const drawn = transactionWith('t1', FIRST, [adding(cup('a'))]);
      await commit(engine, 't1', [...drawn.changes]);
      await commit(engine, 't2', invertChanges(drawn.changes));
      const { image } = await engine.call('image.open', { imageId: FIRST });
      return [await idsOf(engine), image.status];
    },
    answer: [[], 'untouched'],
  },
  {
    name: 'classes are added once, whatever the spelling, with the first free key',
    act: async (engine) => {
      const one = await engine.call('category.add', { names: ['cup', 'plate'] });
      const two = await engine.call('category.add', { names: ['Cup', 'fork'] });
      return [one.added, two.added, two.categories];
    },
    answer: [
      [1, 2],
      [1, 3],
      ['cup', 'plate', 'fork'].map((name, at) => ({
        id: at + 1,
        name,
        color: expect.stringMatching(/^#[0-9a-f]{6}$/) as string,
        prompt: '',
        synonyms: [],
        kind: 'thing',
        supercategory: '',
        threshold: null,
        hotkey: at + 1,
        order: at,
        extra: {},
      })),
    ],
  },
  {
    name: 'a class is changed field by field; what changed since is a conflict',
    act: async (engine) => {
      await engine.call('category.add', { names: ['cup', 'plate'] });
      const save = (input: Input<'category.save'>) => codeOf(engine.call('category.save', input));
      const codes = [
        await save(changed(CUP, { prompt: '' }, { prompt: 'a cup' })),
        // Another field is nobody's conflict, and a wish that is fulfilled already is none either.
        await save(changed(CUP, { threshold: null }, { threshold: 0.4 })),
        await save(changed(CUP, { threshold: null }, { threshold: 0.4 })),
        await save(changed(CUP, { threshold: null }, { threshold: 0.5 })),
        await save(changed(9 as CategoryId, { name: 'x' }, { name: 'y' })),
        await save(changed(CUP, { name: 'cup' }, { name: 'Plate' })),
      ];
      const { categories } = await engine.call('project.summary', NONE);
      return [codes, categories.map(({ name, prompt, threshold }) => [name, prompt, threshold])];
    },
    answer: [
      ['accepted', 'accepted', 'accepted', 'CATEGORY_CONFLICT', 'CATEGORY_UNKNOWN', 'NAME_TAKEN'],
      [
        ['cup', 'a cup', 0.4],
        ['plate', '', null],
      ],
    ],
  },
  {
    name: 'a class goes with its annotations, and undo brings both back',
    act: async (engine) => {
      await cups(engine);
      await commit(engine, 't1', [adding(cup('a'))]);
      await commit(engine, 't2', [adding(cup('b'))], { imageId: SECOND });
      const uses = await engine.call('category.uses', { id: CUP });
      const removed = await engine.call('category.remove', { id: CUP });
      const gone = [await heldBy(engine), await heldBy(engine, SECOND)].flat().length;
      const undone = (await turn(engine, 'undo'))?.[0];
      const back = [await heldBy(engine), await heldBy(engine, SECOND)].flat().length;
      const { categories } = await engine.call('project.summary', NONE);
      const twice = codeOf(engine.call('category.remove', { id: 9 as CategoryId }));
      return {
        uses,
        removed,
        gone,
        undone,
        back,
        names: categories.map(({ name }) => name),
        unknown: await twice,
      };
    },
    answer: {
      uses: { annotations: 2, accepted: 2, images: 2 },
      removed: { categories: [], annotations: 2, images: 2 },
      gone: 0,
      undone: 'Delete class cup',
      back: 2,
      names: ['cup'],
      unknown: 'CATEGORY_UNKNOWN',
    },
  },
  {
    name: 'what a person says of an image stands; without a word its annotations tell',
    act: async (engine) => {
      await cups(engine);
      const states: unknown[] = [];
      const earlier: unknown[] = [];
      const say = async (status: 'reviewed' | 'inProgress' | 'untouched') => {
        const wanted = { imageIds: [FIRST], status };
        const { images, before } = await engine.call('image.setStatus', wanted);
        states.push(images[0]!.status);
        earlier.push(...before.map((one) => one.status));
      };
      await say('reviewed');
      await commit(engine, 't1', [adding(cup('p', { status: 'proposal', origin: 'model' }))]);
      states.push((await engine.call('image.open', { imageId: FIRST })).image.status);
      await say('inProgress');
      await say('untouched');
      await commit(engine, 't2', [adding(cup('a'))]);
      await say('untouched');
      await say('reviewed');
      const { counts } = await engine.call('project.summary', NONE);
      return [states, earlier, counts, toldOf(engine, 'project.changed').length > 0];
    },
    answer: [
      ['reviewed', 'reviewed', 'inProgress', 'proposals', 'inProgress', 'reviewed'],
      ['untouched', 'reviewed', 'inProgress', 'untouched', 'untouched'],
      { untouched: 2, proposals: 0, inProgress: 0, reviewed: 1 },
      true,
    ],
  },
  {
    name: 'tags and notes are one step over all images that are named; fields know who changed them',
    act: async (engine) => {
      await cups(engine);
      const tagsNow = () =>
        Promise.all(
          IMAGES.map(async (imageId) => {
            const { image } = await engine.call('image.open', { imageId });
            return image.tags ?? [];
          }),
        );
      const change = { add: [' garage', 'Garage', 'dark'], remove: [], note: null };
      const { changed } = await engine.call('image.setNotes', {
        imageIds: [FIRST, THIRD],
        ...change,
      });
      const tagged = await tagsNow();
      const told = toldOf(engine, 'image.noted').map(({ image }) => image.id);
      await engine.call('doc.undo', NONE);
      const undone = await tagsNow();
      await engine.call('doc.redo', NONE);
      const note = { text: 'by night', talk: true };
      await engine.call('image.setNotes', { imageIds: [FIRST], add: [], remove: ['DARK'], note });
      const { image } = await engine.call('image.open', { imageId: FIRST });
      const field = { kind: 'tick', name: 'full', needed: false } as const;
      const setFields = (before: readonly (typeof field)[]) =>
        engine.call('category.setFields', {
          id: CUP,
          before,
          after: [field],
          renamed: [],
          choices: [],
        });
      const { categories } = await setFields([]);
      await commit(engine, 't1', [adding(cup('a', { details: { values: { full: true } } }))]);
      return {
        changed,
        tagged,
        told,
        undone,
        tags: image.tags,
        note: image.note,
        fields: categories[0]!.fields,
        twice: await codeOf(setFields([])),
        uses: (await engine.call('category.fieldUses', { id: CUP })).uses,
        known: (await engine.call('image.tags', NONE)).tags,
      };
    },
    answer: {
      changed: 2,
      tagged: [['garage', 'dark'], [], ['garage', 'dark']],
      told: [1, 3],
      undone: [[], [], []],
      tags: ['garage'],
      note: { text: 'by night', talk: true },
      fields: [{ kind: 'tick', name: 'full', needed: false }],
      twice: 'CATEGORY_CONFLICT',
      uses: [{ name: 'full', count: 1 }],
      known: [
        { tag: 'garage', images: 2 },
        { tag: 'dark', images: 1 },
      ],
    },
  },
  {
    name: 'the next image is the next that fits, round the end of the list',
    act: async (engine) => {
      await engine.call('image.setStatus', { imageIds: [SECOND], status: 'reviewed' });
      const next = async (imageId: ImageId, step: 1 | -1, filter: Input<'image.next'>['filter']) =>
        engine.call('image.next', { imageId, step, filter });
      return [
        await next(FIRST, 1, {}),
        await next(FIRST, 1, { status: ['untouched'] }),
        await next(THIRD, 1, { status: ['untouched'] }),
        await next(FIRST, -1, { status: ['untouched'] }),
        await next(SECOND, 1, { status: ['reviewed'] }),
      ];
    },
    answer: [
      { imageId: 2, index: 1 },
      { imageId: 3, index: 1 },
      { imageId: 1, index: 0 },
      { imageId: 3, index: 1 },
      { imageId: null, index: -1 },
    ],
  },
];

describe.each([
  ['the real engine', realEngine],
  ["the small engine of the page's tests", pageEngine],
])('%s', (_name, open) => {
  let engine: Asked | null = null;
  afterEach(async () => {
    await engine?.close();
    engine = null;
  });

  it.each(BEHAVIOURS)('$name', async ({ act, answer }) => {
    engine = await open();
    expect(await act(engine)).toEqual(answer);
  });
});
