// Project files: what is refused, what is opened read-only, and that nothing foreign is ever changed.
import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NEWEST_VERSION } from '../../../../../electron/engine/project/database/migrations.ts';
import { openProject } from '../../../../../electron/engine/project/project.ts';
import { APPLICATION_ID } from '../../../../../electron/engine/project/database/schema.ts';
import { openStore } from '../../../../../electron/engine/project/database/store.ts';

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

  it('that cannot be written opens read-only, says so and is left as it is', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('a superuser may write any file');
    if (process.platform === 'win32') skip('no permission bits on Windows');
    await make();
    const before = await readFile(file);
    await chmod(file, 0o444);
    const project = await openProject({ file, folder: root });
    expect([project.readOnly, project.meta('note')]).toEqual([true, 'kept']);
    expect(project.readOnlyReason).toMatch(/cannot be written/);
    expect(() => project.setMeta('x', 'y')).toThrow(/read-only/);
    project.close();
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('says that the disk is full, keeps all before it, and goes on when there is room', async () => {
    const project = await openProject({ file, folder: root });
    project.setMeta('note', 'kept');
    // SQLite reports a file at its page limit as it reports a full disk.
    const pages = Number(project.store.pragma('page_count'));
    project.store.pragma(`max_page_count = ${pages + 2}`);
    expect(() => project.setMeta('large', 'x'.repeat(1_000_000))).toThrow(
      expect.objectContaining({ code: 'DISK_FULL' }),
    );
    expect([project.meta('note'), project.meta('large')]).toEqual(['kept', null]);
    project.store.pragma(`max_page_count = ${pages + 1000}`);
    project.setMeta('large', 'x'.repeat(1_000_000));
    expect(project.store.pragma('integrity_check')).toBe('ok');
    project.close();
  });

  it('on a disk that is really full closes, frees its lock and opens again with all that was saved', async ({
    skip,
  }) => {
    if (process.getuid?.() !== 0 || process.platform !== 'linux')
      skip('only a superuser of Linux can make a disk');
    const disk = join(root, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      skip('this machine lets nobody mount a disk');
    }
    try {
      const full = join(disk, 'p.salience');
      const project = await openProject({ file: full, folder: root });
      let saved = 0;
      expect(() => {
        for (; ; saved += 1) project.setMeta(`note ${saved}`, 'x'.repeat(100_000));
      }).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
      project.close();
      const again = await openProject({ file: full, folder: null });
      expect([again.readOnly, again.store.pragma('integrity_check')]).toEqual([false, 'ok']);
      expect(again.meta(`note ${saved - 1}`)).toHaveLength(100_000);
      expect(again.meta(`note ${saved}`)).toBeNull();
      again.close();
    } finally {
      execFileSync('umount', [disk]);
    }
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
