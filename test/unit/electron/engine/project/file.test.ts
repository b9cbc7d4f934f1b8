// Project files: what is refused, what is opened read-only, and that nothing foreign is ever changed.
import Database from 'better-sqlite3';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEWEST_VERSION } from '../../../../../electron/engine/project/migrations.ts';
import { openProject } from '../../../../../electron/engine/project/project.ts';
import { APPLICATION_ID } from '../../../../../electron/engine/project/schema.ts';
import { openStore } from '../../../../../electron/engine/project/store.ts';

describe('project file', () => {
  let root: string;
  let file: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'salience-file-'));
    file = join(root, 'p.salience');
  });
  afterEach(async () => {
    await chmod(root, 0o755);
    await rm(root, { recursive: true, force: true });
  });

  const make = async () => {
    const project = await openProject({ file, folder: root });
    project.setMeta('note', 'kept');
    const { uid } = project;
    project.close();
    return uid;
  };

  it('is made with its mark and version, and keeps its identity', async () => {
    const uid = await make();
    const database = new Database(file, { readonly: true });
    expect(database.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(database.pragma('user_version', { simple: true })).toBe(NEWEST_VERSION);
    database.close();
    const again = await openProject({ file, folder: null });
    expect([again.uid, again.meta('note'), again.folder()]).toEqual([uid, 'kept', root]);
    expect(again.store.pragma('synchronous')).toBe(2);
    expect(again.store.pragma('journal_mode')).toBe('wal');
    again.close();
  });

  it('of a newer version is refused with both versions and left as it is', async () => {
    await make();
    const database = new Database(file);
    database.pragma(`user_version = ${NEWEST_VERSION + 1}`);
    database.close();
    const before = await readFile(file);
    await expect(openProject({ file, folder: root })).rejects.toMatchObject({
      code: 'PROJECT_TOO_NEW',
      data: { version: NEWEST_VERSION + 1, newest: NEWEST_VERSION },
    });
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('of another program is refused and left as it is', async () => {
    const database = new Database(file);
    database.exec('CREATE TABLE theirs(x)');
    database.close();
    const before = await readFile(file);
    await expect(openProject({ file, folder: root })).rejects.toMatchObject({
      code: 'PROJECT_DAMAGED',
      message: expect.stringContaining('another program'),
    });
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('that is no database is refused and left as it is', async () => {
    await writeFile(file, 'just some notes '.repeat(100));
    await expect(openProject({ file, folder: root })).rejects.toMatchObject({
      code: 'PROJECT_DAMAGED',
    });
    expect((await readFile(file, 'utf8')).startsWith('just some notes')).toBe(true);
  });

  it('that is missing is not made up when a project was asked for', async () => {
    await expect(openProject({ file, folder: null })).rejects.toMatchObject({
      code: 'PROJECT_DAMAGED',
    });
  });

  it('opens for reading while another holds it, sees its commits, and can be had once it is free', async () => {
    const first = await openProject({ file, folder: root });
    const second = await openProject({ file, folder: root });
    expect([second.readOnly, second.readOnlyReason]).toEqual([
      true,
      'Another Salience is working on this project.',
    ]);
    first.setMeta('late', 'seen');
    expect(second.meta('late')).toBe('seen');
    expect(() => second.setMeta('x', 'y')).toThrow(/read-only/);
    await expect(openProject({ file, folder: root, mustWrite: true })).rejects.toMatchObject({
      code: 'PROJECT_LOCKED',
    });
    second.close();
    first.close();
    const third = await openProject({ file, folder: root, mustWrite: true });
    expect(third.readOnly).toBe(false);
    third.close();
  });

  it('in a place that cannot be written opens without any other file beside it', async () => {
    await make();
    const before = await readdir(root);
    // What the project does for a folder without write permission; a superuser is let in anyway.
    const store = openStore(file, { fromCopy: true });
    expect(store.readOnly).toBe(true);
    expect(store.get('SELECT value FROM meta WHERE key = ?', 'note')).toEqual({ value: 'kept' });
    expect(() => store.run("UPDATE meta SET value = 'x'")).toThrow(/read-only/);
    expect(await readdir(root)).toEqual(before);
    store.close();
  });

  it('takes a change back when any part of a transaction fails', async () => {
    const project = await openProject({ file, folder: root });
    expect(() =>
      project.store.transaction(() => {
        project.setMeta('half', 'written');
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(project.meta('half')).toBeNull();
    project.close();
  });
});
