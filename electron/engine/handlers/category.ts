// The class list: add, save, remove with undo of its annotations, names from a COCO file.
import { readFile, stat } from 'node:fs/promises';
import * as v from 'valibot';
import { AppError } from '../../api/errors.ts';
import type { AnnotationChange, ImageId } from '../../api/types.ts';
import { commitTogether, engineTransaction, publishChanged } from '../commits.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import type { AnnotationRow } from '../project/annotations.ts';
import { toAnnotation } from '../project/annotations.ts';
import {
  addCategories,
  listCategories,
  markRemoved,
  saveCategories,
} from '../project/categories.ts';

const MAX_COCO_BYTES = 512 * 1024 * 1024;

const cocoCategories = v.object({
  categories: v.array(
    v.looseObject({
      name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
      supercategory: v.optional(v.nullable(v.string())),
    }),
  ),
});

export function categoryHandlers(context: EngineContext): HandlerGroup<'category'> {
  return {
    async 'category.save'({ categories }) {
      const project = context.open.writable();
      saveCategories(project.store, categories);
      publishChanged(context, project);
      return { categories: listCategories(project.store) };
    },
    async 'category.add'({ names }) {
      const project = context.open.writable();
      const added = addCategories(project.store, names);
      publishChanged(context, project);
      return { categories: listCategories(project.store), added };
    },
    async 'category.remove'({ id }, call) {
      const project = context.open.writable();
      const { store } = project;
      const name = listCategories(store).find((category) => category.id === id)?.name;
      if (name === undefined)
        throw new AppError('CATEGORY_UNKNOWN', `There is no class ${id} in this project.`);
      const perImage = new Map<ImageId, AnnotationChange[]>();
      let annotations = 0;
      for (const row of store.iterate<AnnotationRow>(
        'SELECT * FROM annotation WHERE category_id = ? ORDER BY image_id',
        id,
      )) {
        const annotation = toAnnotation(row);
        const imageId = row.image_id as ImageId;
        const changes = perImage.get(imageId) ?? [];
        changes.push({ id: annotation.id, before: annotation, after: null });
        perImage.set(imageId, changes);
        annotations += 1;
      }
      const transactions = [...perImage].map(([imageId, changes]) =>
        engineTransaction(context, imageId, `Delete class ${name}`, 'user', 'now', changes),
      );
      store.transaction(() => {
        commitTogether(context, project, transactions, { clientId: call.clientId });
        markRemoved(store, id);
      });
      publishChanged(context, project);
      return { categories: listCategories(store), annotations };
    },
    async 'category.importCoco'({ file }) {
      const project = context.open.writable();
      const path = context.handles.pathOf(file);
      const info = await stat(path).catch(() => null);
      if (!info?.isFile() || info.size > MAX_COCO_BYTES)
        throw new AppError('IMPORT_INVALID', 'That file is missing or larger than 512 MB.');
      let content: unknown;
      try {
        content = JSON.parse(await readFile(path, 'utf8'));
      } catch (error) {
        throw new AppError('IMPORT_INVALID', 'That file is not JSON.', { cause: error });
      }
      const parsed = v.safeParse(cocoCategories, content);
      if (!parsed.success)
        throw new AppError(
          'IMPORT_INVALID',
          'That file has no list of categories with names, as COCO files have.',
        );
      const added = addCategories(
        project.store,
        parsed.output.categories.map((category) => category.name),
      );
      publishChanged(context, project);
      return { categories: listCategories(project.store), added };
    },
  };
}
