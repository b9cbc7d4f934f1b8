// What a COCO file says, whatever numbers it gave: two files of the same masks are equal by it.
import { readFile } from 'node:fs/promises';

interface Coco {
  readonly images: { id: number; file_name: string; width: number; height: number }[];
  readonly categories: unknown;
  readonly annotations: { id: number; image_id: number }[];
  readonly info: { salience: unknown };
}

/** Images by name with their annotations in order, numbers of this file left out. */
export async function contentsOf(file: string) {
  const coco = JSON.parse(await readFile(file, 'utf8')) as Coco;
  const byName = coco.images.map(({ id, ...image }) => ({
    ...image,
    annotations: coco.annotations
      .filter(({ image_id: owner }) => owner === id)
      .map(({ id: _id, image_id: _owner, ...rest }) => rest),
  }));
  return {
    images: byName.sort((a, b) => (a.file_name < b.file_name ? -1 : 1)),
    categories: coco.categories,
    salience: coco.info.salience,
  };
}
