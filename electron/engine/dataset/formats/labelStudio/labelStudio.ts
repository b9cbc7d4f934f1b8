// Label Studio: tasks.json with one brush mask per annotation, and config.xml with the labels.
// Reviewed images become annotations, the rest predictions, so that nothing unseen counts as done.
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../../api/errors.ts';
import type { Json } from '../../../../api/types.ts';
import { area } from '../../../../masks/runs/rle.ts';
import { sameMask } from '../../../../api/rules/document.ts';
import { TextFile } from '../../atomicFile.ts';
import type { DatasetCategory, DatasetImage } from '../../types.ts';
import { throwIfAborted } from '../../types.ts';
import { decodeBrush, encodeBrush } from './brushRle.ts';
import { forEachImage, mismatch, writeFolder } from '../writing/folderExport.ts';
import type { ExportFolder } from '../writing/folderExport.ts';
import type { ExportFormat, ExportOptions } from '../format.ts';
import { partOf } from '../writing/subset.ts';
import { xmlText } from '../xmlText.ts';

/** Label Studio's own address for files of its local storage. */
const LOCAL_FILES = '/data/local-files/?d=';

export const labelStudio: ExportFormat = {
  id: 'label-studio',
  title: 'Label Studio',
  note: 'tasks.json with brush masks and config.xml; images come from local storage of the same folder.',
  kind: 'folder',
  extension: '',
  write: (source, target, options) =>
    writeFolder(target, async (folder) => {
      const names = new Map(source.categories.map((c) => [c.id, c.name]));
      if (new Set(names.values()).size < names.size)
        throw new AppError(
          'EXPORT_MISMATCH',
          'two classes have one name; Label Studio needs different ones',
        );
      const parts = options.split ? (['train', 'val'] as const) : ([null] as const);
      const files: TaskFile[] = [];
      for (const part of parts) {
        const name = part ? `tasks_${part}.json` : 'tasks.json';
        await folder.write(name, '[');
        files.push({ part, name, handle: await open(folder.path(name), 'a'), tasks: 0 });
      }
      try {
        const texts = files.map((file) => new TextFile(file.handle));
        await forEachImage(
          source,
          folder,
          { ...options, stage: 'Write Label Studio' },
          async (image) => {
            const part = options.split ? partOf(image.fileName, options.split) : null;
            const at = files.findIndex((file) => file.part === part);
            const task = taskOf(image, names, folder);
            checkTask(JSON.stringify(task), image);
            // One task a line: the check can then read the file piece by piece.
            await texts[at]!.write(`${files[at]!.tasks++ ? ',' : ''}\n${JSON.stringify(task)}`);
          },
        );
        for (const [i, file] of files.entries()) {
          await texts[i]!.write('\n]\n');
          await texts[i]!.flush();
          await file.handle.sync();
        }
      } finally {
        for (const file of files) await file.handle.close();
      }
      for (const file of files) await checkFile(folder, file.name, file.tasks, options);
      await folder.write('config.xml', configXml(source.categories));
      return folder.report([...files.map((file) => file.name), 'config.xml']);
    }),
};

interface TaskFile {
  readonly part: 'train' | 'val' | null;
  readonly name: string;
  readonly handle: FileHandle;
  tasks: number;
}

function taskOf(
  image: DatasetImage,
  names: ReadonlyMap<number, string>,
  folder: ExportFolder,
): { readonly [key: string]: Json } {
  const scores: number[] = [];
  const result = image.annotations.flatMap((annotation, i): Json[] => {
    if (area(annotation.mask) === 0) {
      folder.warn({ code: 'noPixel', values: [image.fileName] });
      return [];
    }
    if (annotation.score !== null) scores.push(annotation.score);
    folder.annotations++;
    const name = names.get(annotation.categoryId);
    if (name === undefined)
      throw new RangeError(
        `${image.fileName}: category ${annotation.categoryId} is not in the table`,
      );
    return [
      {
        id: `m${i + 1}`,
        type: 'brushlabels',
        from_name: 'label',
        to_name: 'image',
        origin: annotation.origin === 'model' ? 'prediction' : 'manual',
        original_width: image.width,
        original_height: image.height,
        image_rotation: 0,
        ...(annotation.score === null ? {} : { score: annotation.score }),
        value: { format: 'rle', rle: encodeBrush(annotation.mask), brushlabels: [name] },
      },
    ];
  });
  const data = { image: LOCAL_FILES + encodeURIComponent(image.fileName).replaceAll('%2F', '/') };
  if (image.isReviewed) return { data, annotations: [{ result }] };
  const score = scores.reduce((sum, one) => sum + one, 0) / Math.max(1, scores.length);
  return { data, predictions: [{ model_version: 'salience', score, result }] };
}

interface BrushTask {
  readonly data: { readonly image: string };
  readonly annotations?: readonly { readonly result: readonly BrushResult[] }[];
  readonly predictions?: readonly { readonly result: readonly BrushResult[] }[];
}
interface BrushResult {
  readonly original_width: number;
  readonly original_height: number;
  readonly value: { readonly rle: readonly number[] };
}

function resultsOf(text: string): readonly BrushResult[] {
  const task = JSON.parse(text) as BrushTask;
  return (task.annotations ?? task.predictions ?? []).flatMap(({ result }) => result);
}

/** Compares a task's text with the masks that were meant. */
function checkTask(text: string, image: DatasetImage): void {
  const meant = image.annotations.filter(({ mask }) => area(mask) > 0);
  const found = resultsOf(text);
  const same =
    found.length === meant.length &&
    found.every(({ value, original_width: width, original_height: height }, i) =>
      sameMask(decodeBrush(value.rle, width, height), meant[i]!.mask),
    );
  if (!same) mismatch(image.fileName, 'its brush masks read back differently');
}

/** Reads the finished file line by line: every task must be whole. */
async function checkFile(
  folder: ExportFolder,
  name: string,
  tasks: number,
  options: ExportOptions,
): Promise<void> {
  const handle = await open(folder.path(name), 'r');
  let found = 0;
  try {
    for await (const line of handle.readLines()) {
      throwIfAborted(options);
      if (!line.startsWith('{')) continue;
      for (const { value, original_width: width, original_height: height } of resultsOf(
        line.replace(/,$/, ''),
      ))
        decodeBrush(value.rle, width, height);
      found++;
    }
  } finally {
    await handle.close();
  }
  if (found !== tasks) mismatch(name, `holds ${found} of ${tasks} tasks`);
}

function configXml(categories: readonly DatasetCategory[]): string {
  return xmlText({
    View: {
      Image: { '@name': 'image', '@value': '$image', '@zoom': 'true' },
      BrushLabels: {
        '@name': 'label',
        '@toName': 'image',
        Label: categories.map(({ name, color }) => ({
          '@value': name,
          ...(color ? { '@background': color } : {}),
        })),
      },
    },
  });
}
