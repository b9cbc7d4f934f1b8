// A zip that CVAT's "COCO 1.0" upload takes: annotations/instances_<subset>.json, exact profile.
// Its labels must exist in the CVAT task already; images are matched by name.
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { ZipFile } from 'yazl';
import { AppError } from '../../../../api/errors.ts';
import { makeWorkFolder } from '../../../../files/workFolder.ts';
import { refuseExisting, writeAtomically } from '../../atomicFile.ts';
import { writeCoco } from '../../coco/write.ts';
import type { WriteCocoReport } from '../../coco/write.ts';
import { throwIfAborted } from '../../types.ts';
import { keptOptions } from '../cocoFormats.ts';
import type { ExportFormat } from '../format.ts';
import { selectPart } from '../writing/subset.ts';
import { forEachZipEntry } from '../writing/zipEntries.ts';

/** The earliest time a zip can state: equal data sets give equal files. */
const FIXED_TIME = new Date(1980, 0, 1, 0, 0, 0);

interface Written {
  readonly name: string;
  readonly path: string;
  readonly report: WriteCocoReport;
  readonly sum: number;
}

export const cvatZip: ExportFormat = {
  id: 'cvat',
  title: 'CVAT upload',
  note: 'A zip for "Upload annotations, COCO 1.0"; the task needs the same labels.',
  kind: 'file',
  extension: '.zip',
  async write(source, target, options) {
    if (!options.overwrite) await refuseExisting(target);
    // The COCO files are built apart from the target's folder: they can be large and are not the result.
    const work = await makeWorkFolder('cvat');
    try {
      const parts = options.split ? (['train', 'val'] as const) : (['default'] as const);
      const written: Written[] = [];
      for (const part of parts) {
        const path = join(work, `${part}.json`);
        const half = part === 'default' ? source : selectPart(source, options.split!, part);
        const report = await writeCoco(half, path, {
          profile: 'coco',
          overwrite: false,
          info: options.info,
          ...keptOptions(options),
          signal: options.signal,
          onProgress: options.onProgress,
        });
        const name = `annotations/instances_${part}.json`;
        written.push({ name, path, report, sum: await checksum(path) });
      }
      await writeAtomically(
        target,
        {
          overwrite: options.overwrite,
          guard: options.guard,
          async check(temporary) {
            const found = new Map<string, number>();
            await forEachZipEntry(temporary, async (name, stream) => {
              found.set(name, await checksumOf(stream));
            });
            for (const { name, sum } of written)
              if (found.get(name) !== sum)
                throw new AppError(
                  'EXPORT_MISMATCH',
                  `${name} reads back from the zip differently; it was not kept: ${target}`,
                );
          },
        },
        async (handle) => {
          throwIfAborted(options);
          const zip = new ZipFile();
          for (const { name, path } of written) zip.addFile(path, name, { mtime: FIXED_TIME });
          zip.end();
          for await (const chunk of zip.outputStream) {
            throwIfAborted(options);
            await handle.writeFile(chunk as Buffer);
          }
        },
      );
      return {
        images: written.reduce((sum, { report }) => sum + report.images, 0),
        annotations: written.reduce((sum, { report }) => sum + report.annotations, 0),
        files: [basename(target)],
        warnings: written.flatMap(({ report }) => report.warnings),
      };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
};

function checksum(path: string): Promise<number> {
  return checksumOf(createReadStream(path));
}

async function checksumOf(stream: AsyncIterable<unknown>): Promise<number> {
  let sum = 0;
  for await (const chunk of stream) sum = crc32(chunk as Buffer, sum);
  return sum;
}
