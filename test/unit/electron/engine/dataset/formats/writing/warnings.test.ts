// The warnings of an export stay few however many images have one, in every format.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { warningEnglish } from '../../../../../../../electron/api/said/exportWords.ts';
import { exportFormat } from '../../../../../../../electron/engine/dataset/formats/registry.ts';
import {
  annotation,
  category,
  image,
  source,
  temporaryFolder,
} from '../../../../../../helpers/fixtures/dataset.ts';
import { draw } from '../../../../../../helpers/fixtures/masks.ts';

const nothing = annotation(3, draw('......', '......'));
const images = Array.from({ length: 150 }, (_, n) => image(`${n}.jpg`, [nothing]));
const data = source([category(3, 'cat')], images);

it.each(['coco', 'labelme', 'yolo-seg', 'cvat-images', 'label-studio'])(
  '%s names the first 100 images whose masks have no pixel, and counts the rest',
  async (id) => {
    const target = join(await temporaryFolder(), 'out');
    const options = { overwrite: false, split: null, info: {}, tolerancePx: 0 };
    const { warnings } = await exportFormat(id).write(data, target, options);
    const about = warnings.filter(({ code }) => code === 'noPixel');
    expect(about.map(({ values: [name] }) => name)).toEqual(
      Array.from({ length: 100 }, (_, n) => `${n}.jpg`),
    );
    expect(warnings.length).toBe(101);
    expect(warningEnglish(warnings.at(-1)!)).toBe('and 50 more warnings');
  },
);
