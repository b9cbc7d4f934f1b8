// What people look at beside the COCO file: overlays, label masks, salience maps of every pass.
import { join } from 'node:path';
import sharp from 'sharp';
import { AppError } from '../../../api/errors.ts';
import type { Annotation, Category, CategoryId, ImageId } from '../../../api/types.ts';
import type { Engine } from '../../../engine/engine.ts';
import { isInside, realPlace } from '../../../engine/files/originals.ts';
import { annotationsOf } from '../../../engine/project/annotations.ts';
import { listCategories } from '../../../engine/project/classes/categories.ts';
import { StemRegister, stemOf } from '../../../engine/dataset/fileNames.ts';
import { paintInPlace } from '../../../masks/runs/bitmap.ts';
import { decodeImage } from '../../../inference/image/decode.ts';
import { UsageError } from '../arguments/usageError.ts';
import type { ImageArguments } from '../arguments/imageArguments.ts';
import { openPictureFolder, whyNotOurs, type PictureFolder } from './pictureFolder.ts';
import { renderOverlay } from './overlay.ts';
import type { ProgressPrinter } from '../terminal/progress.ts';
import { imagesWithResults } from '../../../engine/project/images/imageNames.ts';

export interface ArtifactFolders {
  readonly overlays?: string;
  readonly masks?: string;
  readonly maps?: string;
}

const FOLDERS = ['overlays', 'masks', 'maps'] as const;

/**
 * Refuses folders in which a picture could take the place of somebody's file, or would be found as an
 * image by the next run. Throws UsageError.
 */
export async function checkArtifactFolders(
  folders: ArtifactFolders,
  images: ImageArguments,
): Promise<void> {
  const imageFolder = await realPlace(images.folder);
  const taken = new Map<string, string>();
  for (const option of FOLDERS) {
    const folder = folders[option];
    if (folder === undefined) continue;
    const real = await realPlace(folder);
    if (real === imageFolder || (images.names === null && isInside(imageFolder, real)))
      throw new UsageError(
        `--${option} ${folder} lies among the images, where its pictures would be taken for images. Name a folder beside ${images.folder}.`,
      );
    const why = await whyNotOurs(real);
    if (why !== null)
      throw new UsageError(`--${option} ${folder} ${why}. Name a new or an empty folder.`);
    const other = taken.get(real);
    if (other !== undefined)
      throw new UsageError(
        `--${other} and --${option} name the same folder, where one would take the place of the other. Give each a folder of its own.`,
      );
    taken.set(real, option);
  }
}

/** Writes what was asked for, image by image; returns how many images have no pictures. */
export async function writeArtifacts(
  engine: Engine,
  folders: ArtifactFolders,
  control: { signal: AbortSignal; printer: ProgressPrinter },
): Promise<number> {
  if (!FOLDERS.some((option) => folders[option])) return 0;
  const places = await openFolders(folders);
  const project = engine.context.open.get();
  const { store } = project;
  const categories = new Map(listCategories(store).map((category) => [category.id, category]));
  const images = imagesWithResults(store);
  const stems = new StemRegister();
  let failed = 0;
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
      await writeImage(engine, image, { places, categories, ...control });
    } catch (error) {
      control.signal.throwIfAborted();
      // The others have their pictures all the same; on a full disk none would.
      if (error instanceof AppError && error.code === 'DISK_FULL') throw error;
      failed += 1;
      control.printer.line(
        `No pictures of ${name}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  control.printer.update({ stage: 'Pictures', done: images.length, total: images.length });
  return failed;
}

type OpenFolders = { readonly [option in (typeof FOLDERS)[number]]?: PictureFolder };

async function openFolders(folders: ArtifactFolders): Promise<OpenFolders> {
  const open: { [option in (typeof FOLDERS)[number]]?: PictureFolder } = {};
  for (const option of FOLDERS) {
    const folder = folders[option];
    if (folder !== undefined) open[option] = await openPictureFolder(folder);
  }
  return open;
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
    readonly places: OpenFolders;
    readonly categories: ReadonlyMap<CategoryId, Category>;
    readonly signal: AbortSignal;
    readonly printer: ProgressPrinter;
  },
): Promise<void> {
  const { places, categories, signal } = control;
  const nameOf = (category: CategoryId) => categories.get(category)?.name ?? String(category);
  if (places.overlays) {
    const { rgb, width, height } = await decodeImage(path, { signal });
    const items = annotations.map(({ mask, categoryId, match }) => ({
      mask,
      color: categories.get(categoryId)?.color ?? '#ffffff',
      name: nameOf(categoryId),
      score: match,
    }));
    const picture = await renderOverlay(rgb, width, height, items);
    await places.overlays.write(`${stem}.png`, picture);
  }
  if (places.masks && annotations[0])
    await places.masks.write(`${stem}.png`, await labelPng(annotations));
  const { maps } = places;
  if (!maps) return;
  // The methods that make maps come with it.
  const { writeMaps } = await import('./maps.ts');
  await writeMaps(engine, id, {
    ...control,
    nameOf,
    write: (name, bytes) => maps.write(`${stem}/${name}`, bytes),
  });
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
