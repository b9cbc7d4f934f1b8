// Files that were replaced after they were read: what the model proposed for the earlier picture goes,
// what a person made stays and is named when it is exported.
import { randomUUID } from 'node:crypto';
import type { ImageId, Transaction } from '../../api/types.ts';
import { isUntouchedProposal } from '../project/annotations.ts';
import { annotationsOf } from '../project/annotations.ts';
import { commit } from '../project/commit.ts';
import { imageRow } from '../project/images.ts';
import type { Project } from '../project/project.ts';
import { storedJson } from '../project/storedJson.ts';

/** Meta entry: image id -> revision of the image when its file was found replaced. */
const META = 'replacedImages';

/**
 * Takes back untouched proposals of an image whose file holds another picture now, and remembers the
 * images that keep labels of the earlier one.
 */
export function fileWasReplaced(project: Project, imageId: ImageId, at: string): void {
  const labels = annotationsOf(project.store, imageId).filter(
    ({ status }) => status !== 'rejected',
  );
  const outdated = labels.filter(isUntouchedProposal);
  if (outdated.length > 0) {
    const transaction: Transaction = {
      txId: randomUUID(),
      imageId,
      label: 'The file was replaced',
      origin: 'model',
      gestureId: null,
      record: 'never',
      changes: outdated.map((before) => ({ id: before.id, before, after: null })),
    };
    const { mark } = commit(project.store, transaction, {
      clientId: '',
      at,
      lastStep: null,
      keepChanges: false,
    });
    project.note(mark);
  }
  if (labels.length === outdated.length) return;
  const { revision } = imageRow(project.store, imageId);
  project.setMeta(META, JSON.stringify({ ...replaced(project), [imageId]: revision }));
}

/** True when nobody has worked on the image since its file was replaced under its labels. */
export function isLabelledBeforeReplacement(
  project: Project,
  row: { readonly id: number; readonly revision: number },
): boolean {
  return replaced(project)[row.id] === row.revision;
}

function replaced(project: Project): Readonly<Record<number, number>> {
  const text = project.meta(META);
  return text === null ? {} : storedJson(text, 'object', 'the list of replaced images');
}
