// The class list: add, save, remove, names from a COCO file.
import { basename } from 'node:path';
import * as v from 'valibot';
import { MAX_CLASS_NAME } from '../../api/rules/classNames.ts';
import { AppError } from '../../api/errors.ts';
import { publishChanged } from '../commits.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import { parseJson } from '../dataset/json.ts';
import { readText } from '../dataset/text.ts';
import { addCategories, changeCategories, listCategories } from '../project/classes/categories.ts';
import { setFields } from '../fields/setFields.ts';
import { categoryUses, fieldUses } from '../project/classes/categoryUses.ts';
import { removeCategory } from '../removeCategory.ts';

const MAX_COCO_BYTES = 512 * 1024 * 1024;

const cocoCategories = v.object({
  categories: v.array(
    v.looseObject({
      name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_CLASS_NAME)),
      supercategory: v.optional(v.nullable(v.string())),
    }),
  ),
});

export function categoryHandlers(context: EngineContext): HandlerGroup<'category'> {
  return {
    async 'category.save'({ changes }) {
      const project = context.open.writable();
      changeCategories(project.store, changes);
      publishChanged(context, project);
      return { categories: listCategories(project.store) };
    },
    async 'category.add'({ names }) {
      const project = context.open.writable();
      const added = addCategories(project.store, names);
      publishChanged(context, project);
      return { categories: listCategories(project.store), added };
    },
    async 'category.uses'({ id }) {
      return categoryUses(context.open.get().store, id);
    },
    async 'category.remove'(input, call) {
      const project = context.open.writable();
      const { annotations, images } = removeCategory(context, project, input, call.clientId);
      return { categories: listCategories(project.store), annotations, images };
    },
    async 'category.setFields'(change, call) {
      const project = context.open.writable();
      const annotations = setFields(context, project, change, call.clientId);
      return { categories: listCategories(project.store), annotations };
    },
    async 'category.fieldUses'({ id }) {
      return { uses: fieldUses(context.open.get().store, id) };
    },
    async 'category.importCoco'({ file }) {
      const project = context.open.writable();
      const path = context.handles.pathOf(file);
      const content = parseJson(await readText(path, MAX_COCO_BYTES));
      if ('fault' in content)
        throw new AppError('IMPORT_INVALID', `${basename(path)} ${content.fault}.`);
      const parsed = v.safeParse(cocoCategories, content.value);
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
