// Label files of other programs in a folder of their own, and what a reader makes of them.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { importFormat } from '../../electron/engine/dataset/formats/registry.ts';
import { collect, temporaryFolder } from './dataset.ts';

const IMAGES = ['a.png', 'b.png'].map((fileName) => ({ fileName, width: 20, height: 10 }));

export interface LabelFolder {
  put(name: string, content: string | Uint8Array): Promise<void>;
  /** What was read with broken entries skipped: class of every object by image, and all that was told. */
  read(
    id: string,
    name?: string,
  ): Promise<{ readonly objects: readonly string[]; readonly told: readonly string[] }>;
  /** Reads all or nothing. */
  readWhole(id: string, name?: string): Promise<unknown>;
}

/** Removed when the test ends; its labels are for images of 20 x 10 px named a.png and b.png. */
export async function labelFolder(): Promise<LabelFolder> {
  const folder = await temporaryFolder();
  const open = (id: string, name: string, skipBroken: boolean) =>
    importFormat(id).open(join(folder, name), { skipBroken, images: IMAGES });
  return {
    async put(name, content) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    },
    async read(id, name = '') {
      await using dataset = await open(id, name, true);
      const names = new Map(dataset.categories.map((one) => [one.id, one.name]));
      const objects = (await collect(dataset)).flatMap(({ fileName, annotations }) =>
        annotations.map(({ categoryId }) => `${fileName} ${names.get(categoryId)}`),
      );
      const told = dataset.problems.told().map(({ path, message }) => `${path} ${message}`);
      return { objects, told };
    },
    readWhole: (id, name = '') => open(id, name, false),
  };
}
