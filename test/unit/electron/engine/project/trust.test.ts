// A project file from elsewhere: what is not exactly a project of its version is refused in words, and
// one file is one project, however it is spelled or copied.
import Database from 'better-sqlite3';
import { copyFile, link, mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openProject } from '../../../../../electron/engine/project/project.ts';
import { soundnessOf } from '../../../../../electron/engine/project/database/soundness.ts';
import { listCategories } from '../../../../../electron/engine/project/classes/categories.ts';
import { temporaryFolder } from '../../../../helpers/drivers/temporaryFolder.ts';

/** A project file in a folder of its own, changed by `sql` afterwards. */
async function projectWith(folder: string, sql = ''): Promise<string> {
  const images = join(folder, 'images');
  await mkdir(images, { recursive: true });
  const file = join(folder, 'p.salience');
  (await openProject({ file, folder: images })).close();
  const database = new Database(file);
  // Files from elsewhere are made by programs that allow this.
  database.unsafeMode(true);
  database.pragma('writable_schema = ON');
  database.exec(sql);
  database.close();
  return file;
}

const ENDLESS = `ALTER TABLE image RENAME TO stolen;
  CREATE VIEW image AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
  SELECT i AS id, 'a' || i AS name FROM n`;

describe('a project file from elsewhere', () => {
  it.each([
    ['a view in place of a table', ENDLESS, /image/],
    ['a trigger', 'CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM annotation; END', /t\b/],
    ['a table that is gone', 'DROP TABLE run_class', /run_class/],
    ['a column that is gone', 'ALTER TABLE image DROP COLUMN problem', /image/],
    ['a negative version', 'PRAGMA user_version = -5', /-5/],
    ['version 0 with tables', 'PRAGMA user_version = 0', /0/],
  ])('with %s is refused by name', async (_what, sql, named) => {
    await using folder = await temporaryFolder();
    const file = await projectWith(folder.path, sql);
    await expect(openProject({ file, folder: null })).rejects.toMatchObject({
      code: 'PROJECT_DAMAGED',
      message: expect.stringMatching(named),
    });
    await expect(soundnessOf(file)).rejects.toMatchObject({ code: 'PROJECT_DAMAGED' });
  });

  it('whose class words are no list says which class', async () => {
    await using folder = await temporaryFolder();
    const file = await projectWith(
      folder.path,
      `INSERT INTO category(id, name, color, prompt, synonyms, kind, supercategory, position, extra)
       VALUES (1, 'cat', '#fff', '', 'no list', 'thing', '', 0, '{}')`,
    );
    const project = await openProject({ file, folder: null });
    expect(() => listCategories(project.store)).toThrow(
      expect.objectContaining({
        code: 'PROJECT_DAMAGED',
        message: expect.stringContaining('synonyms'),
      }),
    );
    project.close();
    expect((await soundnessOf(file)).damage).toEqual([expect.stringContaining('synonyms')]);
  });

  it('without a byte is no project', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'empty.salience');
    await writeFile(file, '');
    await expect(openProject({ file, folder: null })).rejects.toMatchObject({
      code: 'PROJECT_DAMAGED',
      message: expect.stringContaining('empty'),
    });
  });
});

describe('one project file', () => {
  it('has one writer, also through a symbolic link', async () => {
    await using folder = await temporaryFolder();
    const file = await projectWith(folder.path);
    const other = join(folder.path, 'other.salience');
    await symlink(file, other);
    const first = await openProject({ file, folder: null });
    const second = await openProject({ file: other, folder: null });
    expect([first.readOnly, second.readOnly]).toEqual([false, true]);
    second.close();
    first.close();
  });

  it('with a second hard link is opened for looking only, and says why', async () => {
    await using folder = await temporaryFolder();
    const file = await projectWith(folder.path);
    await link(file, join(folder.path, 'twin.salience'));
    const project = await openProject({ file, folder: null });
    expect(project.readOnly).toBe(true);
    expect(project.readOnlyReason).toContain('hard link');
    project.close();
  });

  it('copied alone while it is open holds what was written a moment ago', async () => {
    await using folder = await temporaryFolder();
    const file = await projectWith(folder.path);
    const project = await openProject({ file, folder: null });
    for (let n = 0; n < 20; n += 1) project.setMeta(`note${n}`, 'kept');
    const notes = async (): Promise<number> => {
      const copy = join(folder.path, 'copy.salience');
      await copyFile(file, copy);
      const database = new Database(copy, { readonly: true });
      try {
        return database
          .prepare("SELECT count(*) FROM meta WHERE key LIKE 'note%'")
          .pluck()
          .get() as number;
      } finally {
        database.close();
      }
    };
    await expect.poll(notes).toBe(20);
    project.close();
  });

  it('belongs to one folder: another one is refused while the first is there', async () => {
    await using folder = await temporaryFolder();
    const file = await projectWith(folder.path);
    const other = join(folder.path, 'other');
    await mkdir(other);
    await expect(openProject({ file, folder: other })).rejects.toMatchObject({
      code: 'PROJECT_OF_OTHER_FOLDER',
      message: expect.stringContaining('images'),
    });
    await rename(join(folder.path, 'images'), join(folder.path, 'moved'));
    const project = await openProject({ file, folder: join(folder.path, 'moved') });
    expect(project.folder()).toBe(join(folder.path, 'moved'));
    project.close();
  });

  it('moved together with its images finds them', async () => {
    await using folder = await temporaryFolder();
    const home = join(folder.path, 'home');
    await mkdir(home);
    await projectWith(home);
    const away = join(folder.path, 'away');
    await rename(home, away);
    const project = await openProject({ file: join(away, 'p.salience'), folder: null });
    expect(project.folder()).toBe(join(away, 'images'));
    project.close();
  });
});
