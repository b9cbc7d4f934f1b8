// The figures of an export beside those that its writer knows: classes with masks in it, files and their bytes.
import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportReport } from '../../api/methods/exchange.ts';
import { area } from '../../masks/runs/rle.ts';
import type { DatasetSource } from '../dataset/types.ts';

/** The same data set; `classes` are those that had a mask of a pixel or more when it was walked. */
export function countingClasses(source: DatasetSource): {
  readonly source: DatasetSource;
  readonly classes: ReadonlySet<number>;
} {
  const classes = new Set<number>();
  return {
    classes,
    source: {
      categories: source.categories,
      imageCount: source.imageCount,
      async *images() {
        for await (const image of source.images()) {
          for (const { categoryId, mask } of image.annotations)
            if (!classes.has(categoryId) && area(mask) > 0) classes.add(categoryId);
          yield image;
        }
      },
    },
  };
}

/** Of files, and of all that lies in folders. */
export async function sizeOf(paths: readonly string[]): Promise<ExportReport['size']> {
  let [files, bytes] = [0, 0];
  const add = async (path: string) => {
    const info = await stat(path);
    if (!info.isDirectory()) {
      files += 1;
      bytes += info.size;
      return;
    }
    for await (const entry of await opendir(path)) await add(join(path, entry.name));
  };
  for (const path of paths) await add(path);
  return { files, bytes };
}
