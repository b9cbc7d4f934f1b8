// What people look at beside the COCO file: overlays, label masks, salience maps of every pass.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { CategoryId, ImageId } from '../../api/types.ts';
import type { Engine } from '../../engine/engine.ts';
import { annotationsOf } from '../../engine/project/annotations.ts';
import { listCategories } from '../../engine/project/categories.ts';
import { paintInPlace } from '../../engine/masks/bitmap.ts';
import { decodeImage } from '../../inference/image/decode.ts';
import { writeMaps } from './maps.ts';
import { renderOverlay } from './overlay.ts';
import type { ProgressPrinter } from './progress.ts';

export interface ArtifactFolders {
  readonly overlays?: string;
  readonly masks?: string;
  readonly maps?: string;
}

/** Writes what was asked for, image by image; nothing when no folder was named. */
export async function writeArtifacts(
  engine: Engine,
  folders: ArtifactFolders,
  control: { signal: AbortSignal; printer: ProgressPrinter },
): Promise<void> {
  if (!folders.overlays && !folders.masks && !folders.maps) return;
  const project = engine.context.open.get();
  const { store } = project;
  const categories = new Map(listCategories(store).map((category) => [category.id, category]));
  const images = store.all<{ id: number; name: string }>(
    'SELECT id, name FROM image WHERE id IN (SELECT image_id FROM annotation UNION SELECT image_id FROM run) ORDER BY name',
  );
  for (const [done, { id, name }] of images.entries()) {
    control.signal.throwIfAborted();
    control.printer.update({ stage: 'Pictures', done, total: images.length });
    const annotations = annotationsOf(store, id as ImageId).filter(
      ({ status }) => status !== 'rejected',
    );
    const stem = name.replace(/\.[^./]+$/, '');
    if (folders.overlays) {
      const { rgb, width, height } = await decodeImage(join(project.folder(), name), {
        signal: control.signal,
      });
      const items = annotations.map(({ mask, categoryId, match }) => ({
        mask,
        color: categories.get(categoryId)?.color ?? '#ffffff',
        name: categories.get(categoryId)?.name ?? '',
        score: match,
      }));
      await writeWhole(
        join(folders.overlays, `${stem}.png`),
        await renderOverlay(rgb, width, height, items),
      );
    }
    if (folders.masks && annotations[0])
      await writeWhole(join(folders.masks, `${stem}.png`), await labelPng(annotations));
    if (folders.maps)
      await writeMaps(engine, id as ImageId, join(folders.maps, stem), {
        ...control,
        nameOf: (category: CategoryId) => categories.get(category)?.name ?? String(category),
      });
  }
  control.printer.update({ stage: 'Pictures', done: images.length, total: images.length });
}

/** 16-bit grey PNG of category ids, 0 = background; later annotations lie in front. */
async function labelPng(annotations: ReturnType<typeof annotationsOf>): Promise<Uint8Array> {
  const { width, height } = annotations[0]?.mask ?? { width: 1, height: 1 };
  const labels = new Uint16Array(width * height);
  for (const { mask, categoryId } of annotations) paintInPlace(labels, mask, categoryId);
  return sharp(labels, { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer();
}

/** Replaces a picture of an earlier run whole; these folders hold nothing that a person made. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, bytes);
  await rename(draft, path);
}
