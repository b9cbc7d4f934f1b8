// What clients are told of commits: each by its own event, or once that much changed. Notes of images in a project.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ImageId } from '../../../../electron/api/types.ts';
import { publishCommits, publishFacts } from '../../../../electron/engine/commits.ts';
import type { EngineContext } from '../../../../electron/engine/context.ts';
import { notesOf, writeNotes } from '../../../../electron/engine/project/images/imageNotes.ts';
import type { Committed } from '../../../../electron/engine/project/log/commit.ts';
import type { Fact } from '../../../../electron/engine/project/log/facts.ts';
import { openProject, type Project } from '../../../../electron/engine/project/project.ts';

/** Changes of one request that are still told one by one. */
const MOST = 64;

let root: string;
let project: Project;
let told: string[];
let context: EngineContext;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'salience-commits-'));
  project = await openProject({ file: join(root, 'p.salience'), folder: root });
  project.store.transaction(() => {
    for (let id = 1; id <= MOST + 1; id += 1)
      project.store.run('INSERT INTO image(id, name, sort) VALUES (?, ?, ?)', id, `${id}`, `${id}`);
  });
  told = [];
  const open = { totals: () => ({ images: MOST + 1 }), scanning: { active: false, found: 0 } };
  context = { open, publish: (event: string) => void told.push(event) } as unknown as EngineContext;
});
afterEach(async () => {
  project.close();
  await rm(root, { recursive: true, force: true });
});

it('tells of commits one by one up to the limit, of more of them once, of none nothing', () => {
  const tell = (count: number) => {
    told = [];
    const one = { revision: 1, transaction: {}, image: {} } as unknown as Committed;
    publishCommits(context, project, Array<Committed>(count).fill(one), 'test');
    return told;
  };
  expect(tell(0)).toEqual([]);
  expect(tell(MOST)).toEqual(Array(MOST).fill('project.revision'));
  expect(tell(MOST + 1)).toEqual(['project.changed']);
});

it('tells of noted images one by one up to the limit, of more of them once', () => {
  const tell = (count: number) => {
    told = [];
    const facts = Array.from({ length: count }, (_, at): Fact => ({
      row: ['image_note', at + 1],
      before: null,
      after: null,
    }));
    publishFacts(context, project, facts);
    return told;
  };
  expect(tell(MOST)).toEqual(Array(MOST).fill('image.noted'));
  expect(tell(MOST + 1)).toEqual(['project.changed']);
});

it('keeps the notes of an image while it has a tag or a note, and no row without either', () => {
  const image = 1 as ImageId;
  const note = { text: 'look again', talk: false };
  for (const kept of [
    { tags: ['dark'], note: null },
    { tags: [], note },
    { tags: ['dark'], note },
  ]) {
    writeNotes(project.store, image, kept);
    expect(notesOf(project.store, image)).toEqual(kept);
  }
  writeNotes(project.store, image, { tags: [], note: null });
  expect(project.store.all('SELECT * FROM image_note')).toEqual([]);
});
