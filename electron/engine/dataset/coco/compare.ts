// The self-check of an export: the importer reads the file, and every image's masks, classes, name and size are
// compared with what was to be written.
import { ImageFingerprint, refuseDifferences } from '../fingerprint.ts';
import type { Fingerprints } from '../fingerprint.ts';
import type { Control } from '../types.ts';
import { readCoco } from './reading/read.ts';

/**
 * Throws EXPORT_MISMATCH naming the images that read back differently, and the `target` that the file
 * at `path` was meant to become.
 */
export async function compareCoco(
  path: string,
  meant: Fingerprints,
  control: Control,
  target = path,
): Promise<void> {
  const { signal, onProgress } = control;
  await using dataset = await readCoco(path, {
    signal,
    onProgress: onProgress && ((p) => onProgress({ ...p, stage: 'Check COCO file' })),
    skipBroken: true,
  });
  const differences: { name: string; message: string }[] = dataset.problems.kept
    .filter((p) => p.effect === 'skipped' || p.path.startsWith('$.annotations'))
    .map((p) => ({ name: p.path, message: p.message }));
  let index = 0;
  for await (const image of dataset.images()) {
    const found = new ImageFingerprint(image.fileName, image.width, image.height);
    for (const a of image.annotations) found.add(a.categoryId, a.isCrowd, a.mask);
    const message = meant.difference(index++, found);
    if (message) differences.push({ name: image.fileName, message });
  }
  if (index !== meant.images)
    differences.push({ name: target, message: `holds ${index} of ${meant.images} images` });
  refuseDifferences(differences, target);
}
