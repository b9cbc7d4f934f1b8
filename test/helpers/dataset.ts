// Small data sets in memory, and folders that vanish after a test.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RleMask } from '../../electron/api/types.ts';
import type {
  DatasetAnnotation,
  DatasetCategory,
  DatasetImage,
  DatasetSource,
} from '../../electron/engine/dataset/types.ts';

/** A new folder, removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'salience-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export function category(id: number, name: string, more: Partial<DatasetCategory> = {}) {
  return { id, name, supercategory: '', isThing: true, color: '#336699', extra: {}, ...more };
}

export function annotation(
  categoryId: number,
  mask: RleMask,
  more: Partial<DatasetAnnotation> = {},
): DatasetAnnotation {
  return {
    id: null,
    categoryId,
    mask,
    score: null,
    origin: 'user',
    isCrowd: false,
    extra: {},
    ...more,
  };
}

export function image(
  fileName: string,
  annotations: readonly DatasetAnnotation[],
  more: Partial<DatasetImage> = {},
): DatasetImage {
  const mask = annotations[0]?.mask;
  return {
    id: null,
    fileName,
    width: mask?.width ?? 8,
    height: mask?.height ?? 6,
    isReviewed: true,
    annotations,
    extra: {},
    ...more,
  };
}

export function source(
  categories: readonly DatasetCategory[],
  images: readonly DatasetImage[],
): DatasetSource {
  return {
    categories,
    imageCount: images.length,
    async *images() {
      yield* images;
    },
  };
}

/** All images of a source, to compare as a whole. */
export async function collect(data: DatasetSource): Promise<DatasetImage[]> {
  const images: DatasetImage[] = [];
  for await (const item of data.images()) images.push(item);
  return images;
}
