// Checking a project file: what is sound, what is damaged inside, what is gone beside it.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { encodeMask } from '../../../../../../electron/engine/project/maskBlob.ts';
import { openProject } from '../../../../../../electron/engine/project/project.ts';
import { soundnessOf } from '../../../../../../electron/engine/project/database/soundness.ts';
import { temporaryFolder } from '../../../../../helpers/drivers/temporaryFolder.ts';

async function projectIn(folder: string, area = 3) {
  const images = join(folder, 'images');
  await mkdir(images);
  await writeFile(join(images, 'a.png'), 'a');
  const file = join(folder, 'p.salience');
  const { store, close } = await openProject({ file, folder: images });
  store.run("INSERT INTO image(id, name, sort) VALUES (1, 'a.png', 'a'), (2, 'gone.png', 'g')");
  store.run(
    `INSERT INTO category(id, name, color, prompt, synonyms, kind, supercategory, position, extra)
     VALUES (1, 'cat', '#fff', '', '[]', 'thing', '', 0, '{}')`,
  );
  const mask = encodeMask({ width: 4, height: 2, counts: Uint32Array.of(2, 3, 3) });
  store.run(
    `INSERT INTO annotation(id, image_id, category_id, status, origin, width, height, box_x, box_y,
       box_w, box_h, area, z, locked, crowd, edited, doubtful, doubt, extra, mask)
     VALUES ('m', 1, 1, 1, 0, 4, 2, 0, 0, 1, 1, ?, 0, 0, 0, 0, 0, 0, '{}', ?)`,
    area,
    mask,
  );
  close();
  return file;
}

it('a sound project is told with its counts, and images that are gone by name', async () => {
  await using folder = await temporaryFolder();
  const file = await projectIn(folder.path);
  const before = await readFile(file);
  expect(await soundnessOf(file)).toEqual({
    images: 2,
    missing: ['gone.png'],
    masks: 1,
    damage: [],
  });
  expect(await readFile(file)).toEqual(before);
});

it('a mask that is not what was noted of it is named', async () => {
  await using folder = await temporaryFolder();
  const file = await projectIn(folder.path, 5);
  expect((await soundnessOf(file)).damage).toEqual(['mask m covers 3 pixels where 5 are noted']);
});

it('a file that is no project is refused', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'x.salience');
  await expect(soundnessOf(file)).rejects.toMatchObject({ code: 'PROJECT_DAMAGED' });
  await writeFile(file, 'not a database at all, but long enough to be read as one'.repeat(40));
  await expect(soundnessOf(file)).rejects.toMatchObject({ code: 'PROJECT_DAMAGED' });
});
