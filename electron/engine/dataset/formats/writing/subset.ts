// Parts of a data set as data sets of their own: reviewed images, some classes, training and
// validation halves. The category table always stays whole, so that parts fit together.
import { createHash } from 'node:crypto';
import type { DatasetImage, DatasetSource } from '../../types.ts';
import type { Split, Subset } from '../format.ts';

/** The images and annotations that were asked for. Images without annotations stay: they are true negatives. */
export function selectSubset(source: DatasetSource, subset: Subset): DatasetSource {
  const wanted = new Set<number>(subset.categoryIds);
  if (subset.only === 'all' && wanted.size === 0) return source;
  return filtered(source, subset.only === 'all' ? source.imageCount : null, (image) => {
    if (subset.only === 'reviewed' && !image.isReviewed) return null;
    if (wanted.size === 0) return image;
    return { ...image, annotations: image.annotations.filter((a) => wanted.has(a.categoryId)) };
  });
}

/** One half of a split. */
export function selectPart(
  source: DatasetSource,
  split: Split,
  part: 'train' | 'val',
): DatasetSource {
  return filtered(source, null, (image) => (partOf(image.fileName, split) === part ? image : null));
}

/**
 * Decides by a hash of the name and the seed: the same image lands in the same part on every machine,
 * whatever else is in the data set. Shares are met on average.
 */
export function partOf(fileName: string, { validation, seed }: Split): 'train' | 'val' {
  const hash = createHash('sha256').update(`${seed}\n${fileName}`).digest();
  return hash.readUInt32BE(0) / 2 ** 32 < validation ? 'val' : 'train';
}

function filtered(
  source: DatasetSource,
  imageCount: number | null,
  select: (image: DatasetImage) => DatasetImage | null,
): DatasetSource {
  return {
    categories: source.categories,
    imageCount,
    async *images() {
      for await (const image of source.images()) {
        const selected = select(image);
        if (selected) yield selected;
      }
    },
  };
}
