// Indexed PNG masks: one file per image under masks/, pixel value = class, and classes.json saying
// which. Up to 255 classes as 8-bit palette, more as 16-bit grey. 0 is background.
import { stemOf, StemRegister } from '../../fileNames.ts';
import { decodePng } from '../../png/decode.ts';
import { encodePng } from '../../png/encode.ts';
import { ClassTable } from './classMap.ts';
import { forEachImage, mismatch, writeFolder } from '../writing/folderExport.ts';
import type { ExportFormat } from '../format.ts';
import { paintLabels, warnHidden } from '../writing/paint.ts';
import { partOf } from '../writing/subset.ts';

export const maskPng: ExportFormat = {
  id: 'mask-png',
  title: 'PNG masks',
  note: 'One indexed PNG per image and classes.json. Keeps classes, not single objects.',
  kind: 'folder',
  extension: '',
  limits: { stem: stemOf },
  write: (source, target, options) =>
    writeFolder(target, async (folder) => {
      const classes = new ClassTable(source.categories);
      const stems = new StemRegister();
      await forEachImage(
        source,
        folder,
        { ...options, stage: 'Write PNG masks' },
        async (image) => {
          const stem = stems.claim(image.fileName, (own) => `the mask file ${own}.png`);
          const { labels, hiddenPx } = paintLabels(
            image,
            (pixels): Uint8Array | Uint16Array =>
              classes.isWide ? new Uint16Array(pixels) : new Uint8Array(pixels),
            (i) => classes.indexOf(image.annotations[i]!.categoryId),
          );
          warnHidden(folder, image, hiddenPx);
          const part = options.split ? `${partOf(image.fileName, options.split)}/` : '';
          const name = `masks/${part}${stem}.png`;
          await folder.write(name, await encodePng(classes.png(labels), image.width, image.height));
          const back = await decodePng(await folder.read(name));
          if (Buffer.compare(bytesOf(back.data), bytesOf(labels)) !== 0)
            mismatch(image.fileName, 'the PNG mask reads back differently');
          folder.annotations += image.annotations.length;
        },
      );
      await folder.write('classes.json', classes.json());
      return folder.report(['masks', 'classes.json']);
    }),
};

function bytesOf(data: Uint8Array | Uint16Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
