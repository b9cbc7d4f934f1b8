// The project of a benchmark: its images found by name and looked at, its class table that of the data set.
import { join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import type { ImageId } from '../../api/types.ts';
import type { EngineContext } from '../context.ts';
import { throwIfAborted, type Control } from '../dataset/types.ts';
import { knowImage } from '../images/imageFiles.ts';
import { addCategories, listCategories, saveCategories } from '../project/classes/categories.ts';
import { namedImages } from '../project/images/imageNames.ts';
import type { Project } from '../project/project.ts';
import { layoutFault } from './layout.ts';
import type { OpenedSet, SetFacts } from './set.ts';
import { checkSize, type ImageTruth } from './truth.ts';

/** Numbers of the images in the project. */
export function imagesOf(
  project: Project,
  set: OpenedSet,
  truths: readonly ImageTruth[],
): Map<string, ImageId> {
  const known = new Map(namedImages(project.store).map(({ id, name }) => [name, id]));
  return new Map(
    truths.map(({ item }) => {
      const id = known.get(item.name);
      if (id === undefined)
        throw layoutFault(
          `${join(set.images, item.name)} is missing or no image that can be read.`,
        );
      return [item.name, id];
    }),
  );
}

const LOOKED_AT_ONCE = 4;

/** Reports images and truths of other sizes before any image runs; a damaged one fails in its own job. */
export async function checkImages(
  context: EngineContext,
  project: Project,
  {
    truths,
    idOf,
  }: { readonly truths: readonly ImageTruth[]; readonly idOf: ReadonlyMap<string, ImageId> },
  { signal, onProgress }: Control,
): Promise<void> {
  let next = 0;
  let done = 0;
  const work = async () => {
    while (next < truths.length) {
      throwIfAborted({ signal });
      const truth = truths[next++]!;
      const id = idOf.get(truth.item.name)!;
      try {
        const { record } = await knowImage(project, context.link, id, {
          signal,
          priority: 'batch',
        });
        checkSize(truth, record);
      } catch (error) {
        if (!(error instanceof AppError && error.code.startsWith('IMAGE_'))) throw error;
      }
      onProgress?.({ stage: 'Check the images', done: ++done, total: truths.length });
    }
  };
  await Promise.all(Array.from({ length: LOOKED_AT_ONCE }, work));
}

/** The class table of the data set: numbers are labels, so that masks are label maps as they are. */
export function declareClasses({ store }: Project, { classes, title }: SetFacts): void {
  const ids = addCategories(
    store,
    classes.map(({ name }) => name),
    classes.map(({ label }) => label),
  );
  const other = classes.find(({ label }, at) => ids[at] !== label);
  if (other)
    throw layoutFault(
      `The class "${other.name}" of ${title} is there twice, or the project in this folder is of another list; name another --out.`,
    );
  const present = new Map(
    listCategories(store).map((category) => [category.id as number, category]),
  );
  saveCategories(
    store,
    classes.map(({ label, name, prompt, synonyms, kind = 'thing' }) => ({
      ...present.get(label)!,
      prompt: prompt === name ? '' : prompt,
      synonyms,
      kind,
    })),
  );
}
