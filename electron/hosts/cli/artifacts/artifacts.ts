// What people look at beside the COCO file: overlays, label masks, salience maps of every pass.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import sharp from 'sharp';
import type { Annotation, Category, CategoryId, ImageId } from '../../../api/types.ts';
import type { Engine } from '../../../engine/engine.ts';
import { annotationsOf } from '../../../engine/project/annotations.ts';
import { listCategories } from '../../../engine/project/categories.ts';
import { StemRegister, stemOf } from '../../../engine/dataset/fileNames.ts';
import { paintInPlace } from '../../../masks/bitmap.ts';
import { decodeImage } from '../../../inference/image/decode.ts';
import { UsageError } from '../arguments/usageError.ts';
import type { ImageArguments } from '../arguments/imageArguments.ts';
import { ImageError } from '../../../inference/image/imageError.ts';
import { writeMaps } from './maps.ts';

import { renderOverlay } from './overlay.ts';
import type { ProgressPrinter } from '../progress.ts';

export interface ArtifactFolders {
  readonly overlays?: string;
  readonly masks?: string;
  readonly maps?: string;
}

/**
 * Refuses folders in which a picture could take the place of an image, or would be found as one by the
 * next run. Throws UsageError.
 */
export function checkArtifactFolders(folders: ArtifactFolders, images: ImageArguments): void {
  for (const option of ['overlays', 'masks', 'maps'] as const) {
    const folder = folders[option];
    if (folder === undefined) continue;
    const inside = relative(images.folder, resolve(folder));
    const isBelow = inside.split(sep)[0] !== '..' && !isAbsolute(inside);
    if (inside === '' || (images.names === null && isBelow))
      throw new UsageError(
        `--${option} ${folder} lies among the images, where its pictures would be taken for images. Name a folder beside ${images.folder}.`,
      );
  }
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
  const stems = new StemRegister();
  for (const [done, { id, name }] of images.entries()) {
    control.signal.throwIfAborted();
    control.printer.update({ stage: 'Pictures', done, total: images.length });
    const image: ImageOfArtifacts = {
      id: id as ImageId,
      // `a.png` beside `a.jpg` keeps its ending, else one would take the other's place.
      stem: stems.take(name) === null ? stemOf(name) : name,
      path: join(project.folder(), name),
      annotations: annotationsOf(store, id as ImageId).filter(
        ({ status }) => status !== 'rejected',
      ),
    };
    try {
      await writeImage(engine, image, { folders, categories, ...control });
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      // It was whole when the model saw it; the others have their pictures all the same.
      control.printer.line(`No pictures of ${name}: ${error.message}`);
    }
  }
  control.printer.update({ stage: 'Pictures', done: images.length, total: images.length });
}

interface ImageOfArtifacts {
  readonly id: ImageId;
  /** Where its files go, below each folder and without an ending. */
  readonly stem: string;
  readonly path: string;
  readonly annotations: readonly Annotation[];
}

async function writeImage(
  engine: Engine,
  { id, stem, path, annotations }: ImageOfArtifacts,
  control: {
    readonly folders: ArtifactFolders;
    readonly categories: ReadonlyMap<CategoryId, Category>;
    readonly signal: AbortSignal;
    readonly printer: ProgressPrinter;
  },
): Promise<void> {
  const { folders, categories, signal } = control;
  const nameOf = (category: CategoryId) => categories.get(category)?.name ?? String(category);
  if (folders.overlays) {
    const { rgb, width, height } = await decodeImage(path, { signal });
    const items = annotations.map(({ mask, categoryId, match }) => ({
      mask,
      color: categories.get(categoryId)?.color ?? '#ffffff',
      name: nameOf(categoryId),
      score: match,
    }));
    const picture = await renderOverlay(rgb, width, height, items);
    await writeWhole(join(folders.overlays, `${stem}.png`), picture);
  }
  if (folders.masks && annotations[0])
    await writeWhole(join(folders.masks, `${stem}.png`), await labelPng(annotations));
  if (folders.maps) await writeMaps(engine, id, join(folders.maps, stem), { ...control, nameOf });
}

/** 16-bit grey PNG of category ids, 0 = background; later annotations lie in front. */
async function labelPng(annotations: readonly Annotation[]): Promise<Uint8Array> {
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
