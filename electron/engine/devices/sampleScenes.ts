// The scenes that precisions are compared on: sample pictures that ship with the program, each asked
// for the largest classes it shows.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';

const TRUTH = v.object({
  images: v.array(v.object({ id: v.number(), file_name: v.string() })),
  annotations: v.array(
    v.object({ image_id: v.number(), category_id: v.number(), area: v.number() }),
  ),
  categories: v.array(v.object({ id: v.number(), name: v.string() })),
});

const SCENES = 3;
const CLASSES = 4;

export interface SampleScene {
  readonly imagePath: string;
  readonly names: readonly string[];
}

/** The first scenes of the sample folder; empty when there is none. */
export async function sampleScenes(folder: string | null): Promise<SampleScene[]> {
  if (folder === null) return [];
  const text = await readFile(join(folder, 'truth.json'), 'utf8').catch(() => null);
  if (text === null) return [];
  const { images, annotations, categories } = v.parse(TRUTH, JSON.parse(text));
  const nameOf = new Map(categories.map(({ id, name }) => [id, name]));
  return images.slice(0, SCENES).map(({ id, file_name }) => {
    const areas = new Map<string, number>();
    for (const one of annotations) {
      const name = nameOf.get(one.category_id);
      if (one.image_id === id && name) areas.set(name, (areas.get(name) ?? 0) + one.area);
    }
    const largest = [...areas].sort((a, b) => b[1] - a[1]).slice(0, CLASSES);
    return { imagePath: join(folder, file_name), names: largest.map(([name]) => name) };
  });
}
