// What steps change beside annotations: told as the cells that differ, put back where nobody changed them since.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CategoryId, ImageId } from '../../../../../../electron/api/types.ts';
import {
  addCategories,
  setThreshold,
} from '../../../../../../electron/engine/project/classes/categories.ts';
import {
  decodeFacts,
  logFacts,
  turnFacts,
  watched,
  type Fact,
  type RowName,
} from '../../../../../../electron/engine/project/log/facts.ts';
import { openProject, type Project } from '../../../../../../electron/engine/project/project.ts';

const [CUP, PLATE] = [1, 2] as [CategoryId, CategoryId];
const ROWS: readonly RowName[] = [
  ['category', CUP],
  ['category', PLATE],
];
let root: string;
let project: Project;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-facts-'));
  project = await openProject({ file: join(root, 'p.salience'), folder: root });
  project.store.run("INSERT INTO image(id, name, sort) VALUES (1, 'a.png', 'a')");
});
beforeEach(() => {
  for (const table of ['category', 'image_note', 'log', 'run', 'run_class'])
    project.store.run(`DELETE FROM ${table}`);
  addCategories(project.store, ['cup', 'plate']);
});
afterAll(async () => {
  project.close();
  await rm(root, { recursive: true, force: true });
});

const thresholdOf = (id: CategoryId) =>
  project.store.get<{ threshold: number | null }>(
    'SELECT threshold FROM category WHERE id = ?',
    id,
  )!.threshold;
const cut = (id: CategoryId, threshold: number) => () => setThreshold(project.store, id, threshold);
const note = (text: string) =>
  project.store.run(
    'INSERT INTO image_note(image_id, tags, note, talk) VALUES (1, ?, ?, 0)',
    '[]',
    text,
  );
const noteText = () =>
  project.store.get<{ note: string }>('SELECT note FROM image_note WHERE image_id = 1')?.note ??
  null;
const NOTE: readonly RowName[] = [['image_note', 1]];

describe('what a step changed', () => {
  it('is the cells that differ, in the rows that are named', () => {
    expect(watched(project.store, ROWS, cut(CUP, 0.4))).toEqual([
      { row: ['category', CUP], before: { threshold: null }, after: { threshold: 0.4 } },
    ]);
    expect(watched(project.store, ROWS, cut(CUP, 0.4))).toEqual([]);
    // What nobody named is nobody's business.
    expect(watched(project.store, [['category', PLATE]], cut(CUP, 0.5))).toEqual([]);
    expect(watched(project.store, [['category', 99]], cut(CUP, 0.6))).toEqual([]);
  });

  it('is the whole row where it came or went', () => {
    const [came] = watched(project.store, NOTE, () => void note('look'));
    expect(came).toMatchObject({ before: null, after: { note: 'look', talk: 0 } });
    const [went] = watched(
      project.store,
      NOTE,
      () => void project.store.run('DELETE FROM image_note'),
    );
    expect(went).toMatchObject({ before: { note: 'look', talk: 0 }, after: null });
  });

  it('tells bytes apart by what they are', () => {
    project.store.run(
      "INSERT INTO run(id, image_id, pack_id, pack_hash, at, summary) VALUES ('r', 1, 'p', 'h', '', '{}')",
    );
    project.store.run(
      "INSERT INTO run_class(run_id, category_id, threshold, histogram, looks) VALUES ('r', 1, 0, ?, NULL)",
      Uint8Array.of(1, 2),
    );
    const rows: RowName[] = [['run_class', 1, 'r']];
    const write = (...bytes: number[]) =>
      watched(
        project.store,
        rows,
        () => void project.store.run('UPDATE run_class SET histogram = ?', Uint8Array.from(bytes)),
      );
    expect(write(1, 2)).toEqual([]);
    const facts = write(1, 3);
    expect(facts).toHaveLength(1);
    expect(Object.keys(facts[0]!.after!)).toEqual(['histogram']);
    // Written down and read again they are bytes still.
    log(facts);
    const { text } = project.store.get<{ text: string }>('SELECT facts AS text FROM log')!;
    expect(decodeFacts(text)[0]!.before!['histogram']).toEqual(Uint8Array.of(1, 2));
    expect(turnFacts(project.store, decodeFacts(text), 'undo')).toHaveLength(1);
    expect(write(1, 2)).toEqual([]);
  });
});

describe('turning it back', () => {
  it('puts back cells that still hold what the step left, and brings them again', () => {
    const facts = watched(project.store, ROWS, cut(CUP, 0.4));
    const [undone] = turnFacts(project.store, facts, 'undo');
    expect(undone).toEqual({
      row: ['category', CUP],
      before: { threshold: 0.4 },
      after: { threshold: null },
    });
    expect(thresholdOf(CUP)).toBeNull();
    // Once more there is nothing to put back.
    expect(turnFacts(project.store, facts, 'undo')).toEqual([]);
    expect(turnFacts(project.store, facts, 'redo')).toEqual(facts);
    expect(thresholdOf(CUP)).toBe(0.4);
  });

  it('leaves what somebody changed since, and turns the rest', () => {
    const facts = watched(project.store, ROWS, () => {
      cut(CUP, 0.4)();
      cut(PLATE, 0.5)();
    });
    cut(CUP, 0.7)();
    const turned = turnFacts(project.store, facts, 'undo');
    expect(turned.map(({ row }) => row)).toEqual([['category', PLATE]]);
    expect([thresholdOf(CUP), thresholdOf(PLATE)]).toEqual([0.7, null]);
  });

  it('brings a row back that went, and takes away one that came', () => {
    const came = watched(project.store, NOTE, () => void note('look'));
    expect(turnFacts(project.store, came, 'undo')).toHaveLength(1);
    expect(noteText()).toBeNull();
    expect(turnFacts(project.store, came, 'undo')).toEqual([]);
    expect(turnFacts(project.store, came, 'redo')).toHaveLength(1);
    expect(noteText()).toBe('look');
    // It is there already: a redo does not overwrite it.
    expect(turnFacts(project.store, came, 'redo')).toEqual([]);
  });

  it('takes away a row that came, also where a cell of it is another now', () => {
    const came = watched(project.store, NOTE, () => void note('look'));
    project.store.run("UPDATE image_note SET note = 'other'");
    expect(turnFacts(project.store, came, 'undo')).toHaveLength(1);
    expect(noteText()).toBeNull();
  });

  it('does not touch a row of which a cell changed and that is gone since', () => {
    note('look');
    const changed = watched(
      project.store,
      NOTE,
      () => void project.store.run("UPDATE image_note SET note = 'again'"),
    );
    project.store.run('DELETE FROM image_note');
    expect(turnFacts(project.store, changed, 'undo')).toEqual([]);
    expect(noteText()).toBeNull();
  });
});

function log(facts: readonly Fact[], more: Partial<Parameters<typeof logFacts>[1]> = {}) {
  let count = 0;
  const step = { imageId: 0 as ImageId, label: 'Step', origin: 'user' as const, facts, step: 0 };
  return logFacts(
    project.store,
    { ...step, ...more },
    { clientId: 'me', at: '2026-01-01', newId: () => `tx-${more.label ?? ''}-${(count += 1)}` },
  );
}

describe('in the log', () => {
  const imageRevision = () =>
    project.store.get<{ revision: number }>('SELECT revision FROM image WHERE id = 1')!.revision;

  it('is a step of its own, or a part of one', () => {
    const alone = log([]);
    expect(alone).toMatchObject({ step: alone.revision, kind: 'do', target: null, clientId: 'me' });
    const part = log([], { label: 'Part', step: alone.revision });
    expect(part.step).toBe(alone.revision);
    const steps = project.store.all<{ step: number }>('SELECT step FROM log ORDER BY revision');
    expect(steps).toEqual([{ step: alone.revision }, { step: alone.revision }]);
    const turn = log([], { label: 'Undo', turn: { kind: 'undo', target: alone.step } });
    expect(turn).toMatchObject({ kind: 'undo', target: alone.step });
  });

  it('marks the image where it was taken', () => {
    const before = imageRevision();
    log([], { label: 'Nowhere' });
    expect(imageRevision()).toBe(before);
    const { revision } = log([], { label: 'Here', imageId: 1 as ImageId });
    expect(imageRevision()).toBe(revision);
  });

  it.each([
    ['no JSON', '{'],
    ['no list', '3'],
    [
      'a table that steps do not change',
      '[{"row":["image",1],"before":null,"after":{"name":"x"}}]',
    ],
    ['a name that every object has', '[{"row":["toString",1],"before":null,"after":{}}]'],
    [
      'a column that is no name',
      '[{"row":["meta","a"],"before":null,"after":{"value = 1; --":1}}]',
    ],
    ['such a column beside a name', '[{"row":["meta","a"],"before":{"v-":1},"after":{"value":1}}]'],
  ])('that holds %s is damaged', (_what, text) => {
    expect(() => decodeFacts(text)).toThrow(expect.objectContaining({ code: 'PROJECT_DAMAGED' }));
  });

  it('holds objects that are no bytes as they are', () => {
    const text = '[{"row":["meta","a"],"before":null,"after":{"value":"x","key":null}}]';
    expect(decodeFacts(text)).toEqual(JSON.parse(text));
    const odd = '[{"row":["meta","a"],"before":{"value":{"hex":1}},"after":null}]';
    expect(decodeFacts(odd)).toEqual(JSON.parse(odd));
  });
});
