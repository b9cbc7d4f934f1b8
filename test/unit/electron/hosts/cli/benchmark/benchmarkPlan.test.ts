// The words of a benchmark call: what they ask for, what is refused, and the call that repeats it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  commandLines,
  planParts,
  type BenchmarkWords,
} from '../../../../../../electron/hosts/cli/benchmark/benchmarkPlan.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'salience-plan-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = (more: Partial<BenchmarkWords> = {}): BenchmarkWords => ({
  select: 'all',
  seed: '0',
  boundary: true,
  ...more,
});
const plan = (more: Partial<BenchmarkWords> = {}, id = 'voc-2012') => planParts(id, words(more));

describe('a plan', () => {
  test('measures all images with the settings that published rows were made with', async () => {
    expect(await plan()).toEqual({
      params: { preset: 'reference', overrides: {} },
      selection: { kind: 'all' },
      limit: null,
      synonyms: false,
      boundary: true,
      retryFailed: false,
    });
  });

  test("asks one's own data with the pack's settings, unless others are named", async () => {
    const preset = async (id: string, more = {}) => (await plan(more, id)).params.preset;
    expect(await preset('folder')).toBe('pack');
    expect(await preset('project')).toBe('pack');
    expect(await preset('folder', { preset: 'paper' })).toBe('paper');
    expect(await preset('ade20k', { preset: 'default' })).toBe('default');
  });

  test('takes switches, an engine and single settings as they are said', async () => {
    const found = await plan({
      engine: 'naclip',
      set: ['masks.blur=0.03'],
      boundary: false,
      synonyms: true,
      retryFailed: true,
    });
    expect(found).toMatchObject({ boundary: false, synonyms: true, retryFailed: true });
    expect(found.params).toMatchObject({ engine: 'naclip', overrides: { 'masks.blur': 0.03 } });
  });

  test("asks a project's own words without being told", async () => {
    expect((await plan({}, 'project')).synonyms).toBe(true);
    expect((await plan({}, 'folder')).synonyms).toBe(false);
  });

  test.each([
    ['1', '0', { images: 1, seed: 0 }],
    ['20', '7', { images: 20, seed: 7 }],
  ])('of %s images with seed %s', async (limit, seed, expected) => {
    expect((await plan({ limit, seed })).limit).toEqual(expected);
  });

  test.each([
    [{ limit: '0' }, '--limit takes a whole number from 1, not 0.'],
    [{ limit: '1.5' }, '--limit takes a whole number from 1, not 1.5.'],
    [{ limit: '3', seed: '-1' }, '--seed takes a whole number from 0, not -1.'],
    [{ limit: '3', seed: 'x' }, '--seed takes a whole number from 0, not x.'],
    [{ truth: 't.json' }, /--truth and --classes-file are for "folder"; voc-2012/],
    [{ classesFile: 'c.txt' }, /--truth and --classes-file are for "folder"; voc-2012/],
    [{ select: 'file' }, /belong together/],
    [{ lists: 'l.json' }, /belong together/],
    [{ match: '0.5' }, '--match belongs to --select match.'],
    [{ confidence: '0.5' }, '--confidence belongs to --select clip.'],
    [{ select: 'match', match: '0' }, '--match takes a number between 0 and 1, not 0.'],
    [{ select: 'match', match: '1' }, '--match takes a number between 0 and 1, not 1.'],
    [{ select: 'clip', confidence: 'x' }, '--confidence takes a number between 0 and 1, not x.'],
    [{ select: 'match', engine: 'naclip' }, /does not tell which classes are present/],
  ] as const)('%j is refused', async (more, message) => {
    await expect(plan(more)).rejects.toThrow(message);
  });

  test('takes files of truth and classes for a folder', async () => {
    await expect(plan({ truth: 't.json', classesFile: 'c.txt' }, 'folder')).resolves.toBeTruthy();
  });
});

describe('which classes an image is asked for', () => {
  const selection = async (more: Partial<BenchmarkWords>) => (await plan(more)).selection;

  test.each([
    [{ select: 'truth' }, { kind: 'truth' }],
    [{ select: 'match' }, { kind: 'match', threshold: null }],
    [
      { select: 'match', match: '0.4', engine: 'pnp' },
      { kind: 'match', threshold: 0.4 },
    ],
    [{ select: 'clip' }, { kind: 'clip', confidence: null }],
    [
      { select: 'clip', confidence: '0.99' },
      { kind: 'clip', confidence: 0.99 },
    ],
  ] as const)('%j', async (more, expected) => {
    expect(await selection(more)).toEqual(expected);
  });

  test('may come from a file', async () => {
    const lists = join(folder, 'lists.json');
    writeFileSync(lists, JSON.stringify({ 'a.jpg': ['cat', ''] }));
    expect(await selection({ select: 'file', lists })).toEqual({
      kind: 'file',
      path: lists,
      lists: new Map([['a.jpg', ['cat']]]),
    });
  });
});

describe('the call that repeats it', () => {
  test('names the set, the pack and what decides the figures', () => {
    expect(commandLines('voc-2012', words(), 'blip')).toEqual([
      'salience benchmark voc-2012',
      '--pack blip --preset reference',
      '--select all',
    ]);
  });

  test('has a line for every group of options, quoted where a shell would read more into them', () => {
    const all = words({
      root: "/d/it's here",
      truth: 't.json',
      classesFile: 'c d.txt',
      engine: 'pnp',
      set: ['masks.blur=0.03', 'pnp.layers=[0]'],
      select: 'match',
      match: '0.4',
      limit: '20',
      seed: '7',
      synonyms: true,
      boundary: false,
      preset: 'paper',
      // These do not decide the figures.
      out: '/out',
      overwrite: true,
      quiet: true,
    });
    expect(commandLines('folder', all, 'blip')).toEqual([
      `salience benchmark folder --root '/d/it'\\''s here'`,
      "--truth t.json --classes-file 'c d.txt'",
      '--engine pnp --pack blip --preset paper',
      "--set masks.blur=0.03 'pnp.layers=[0]'",
      '--select match --match 0.4',
      '--limit 20 --seed 7',
      '--synonyms',
      '--no-boundary',
    ]);
  });
});
