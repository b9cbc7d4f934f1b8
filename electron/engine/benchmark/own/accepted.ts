// A project's own accepted masks as truth: images that a person has reviewed. No search for settings ever
// sees a mask, so they are held out of everything that is measured on them.
import type { Category, ImageId } from '../../../api/types.ts';
import { paintInPlace } from '../../../masks/runs/bitmap.ts';
import type { LabelMapOf } from '../../evaluate/imageScore.ts';
import { annotationsOf } from '../../project/annotations.ts';
import { listCategories } from '../../project/classes/categories.ts';
import { imagesWithClasses } from '../../project/classes/categoryUses.ts';
import { imageRecord } from '../../project/images/images.ts';
import type { Project } from '../../project/project.ts';
import { imagesWithTruth } from '../../tune/subjects.ts';
import { namesByLabel, type SetClass, type SetFacts } from '../set.ts';

/** Reviewed images with an accepted mask whose files can be read. */
export function reviewedImages(project: Project): ImageId[] {
  return imagesWithTruth(project, imagesWithClasses(project.store));
}

/** The project's class list as labels in their order, counted with background. */
export function ownFacts(project: Project, title: string): SetFacts {
  const classes = listCategories(project.store).map(toClass);
  return {
    id: 'project',
    title,
    names: namesByLabel(classes, classes.length + 1),
    classes,
    background: 'always',
    confidence: 0.6,
    countsBackground: { standard: true, reference: true },
    subsets: [],
    published: [],
    officialImages: null,
  };
}

const toClass = ({ name, prompt, synonyms, kind }: Category, at: number): SetClass => ({
  label: at + 1,
  name,
  prompt: prompt || name,
  synonyms,
  kind,
});

/** Labels by class id. */
export function ownLabels(project: Project): Map<number, number> {
  return new Map(listCategories(project.store).map(({ id }, at) => [id, at + 1]));
}

/** Accepted masks of an image as labels, later ones on top; everything else is background. */
export function acceptedLabels(
  { store }: Project,
  id: ImageId,
  labelOf: ReadonlyMap<number, number>,
): LabelMapOf {
  const { width, height } = imageRecord(store, id);
  const labels = new Uint16Array(width * height);
  for (const { categoryId, status, mask } of annotationsOf(store, id))
    if (status === 'accepted') paintInPlace(labels, mask, labelOf.get(categoryId) ?? 0);
  return { labels, width, height };
}
