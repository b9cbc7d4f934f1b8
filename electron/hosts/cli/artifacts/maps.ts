// Salience maps on disk: every pass of every class as a picture and as raw float32 for other programs.
import sharp from 'sharp';
import type { CategoryId, ImageId } from '../../../api/types.ts';
import type { Engine } from '../../../engine/engine.ts';
import { findPack } from '../../../engine/packs/packs.ts';
import { checkedParams } from '../../../engine/prelabel/params.ts';
import { RUN_EXTENSION } from '../../../engine/prelabel/keptMaps.ts';
import { imageRow } from '../../../engine/project/images/images.ts';
import { latestRun } from '../../../engine/project/runs.ts';
import { emberColours } from '../../../api/rules/ember.ts';
import { explainerOf } from '../../../inference/engines/engines.ts';
import type { ClassMaps } from '../../../inference/pipeline/planes/classMaps.ts';
import { readRun } from '../../../inference/runs/runFile.ts';
import type { ProgressPrinter } from '../terminal/progress.ts';

/** Pictures of the patch grid are this wide at least, in whole multiples of a patch. */
const PICTURE_PX = 320;

interface Control {
  readonly signal: AbortSignal;
  readonly printer: ProgressPrinter;
  nameOf(category: CategoryId): string;
  /** Writes a file of this image, `name` with forward slashes. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/**
 * Writes `<class>/pass-1.png`, `pass-1.npy` ... and `sum.png`, `sum.npy`.
 * Arrays are float32 [rows, columns] of the patch grid, hidden patches 0; pictures share the scale of their pass.
 */
export async function writeMaps(engine: Engine, imageId: ImageId, control: Control): Promise<void> {
  const { store } = engine.context.open.get();
  const summary = latestRun(store, imageId);
  if (!summary) return;
  const file = await engine.context.cache.find(summary.cacheKey, RUN_EXTENSION);
  if (file === null) {
    control.printer.line(
      `The maps of ${imageRow(store, imageId).name} are no longer in the cache. Name another --project to run it again.`,
    );
    return;
  }
  const run = await readRun(file);
  const explainer = explainerOf(run);
  const pack = await findPack(engine.context, summary.packId);
  const { masks: params } = checkedParams(summary.params, pack.parameters);
  const layers = [
    ...run.passes.map((_, pass) => ({
      name: `pass-${pass + 1}`,
      maps: explainer.passMaps(run, pass, params),
    })),
    { name: 'sum', maps: explainer.classMaps(run, params) },
  ];
  const folders = folderNames(run.classes.map(({ id }) => control.nameOf(id as CategoryId)));
  for (const { name, maps } of layers) {
    const largest = maps.maps.reduce((max, value) => Math.max(max, value), 0);
    for (const [index, folder] of folders.entries()) {
      control.signal.throwIfAborted();
      const values = mapOf(maps, index);
      await control.write(`${folder}/${name}.npy`, npyFloat32(values, run.rows, run.columns));
      await control.write(
        `${folder}/${name}.png`,
        await picture(values, run.rows, run.columns, largest),
      );
    }
  }
}

const mapOf = ({ maps, patches }: ClassMaps, index: number) =>
  maps.subarray(index * patches, (index + 1) * patches);

/** A class name as a folder name that every system accepts. */
const fileName = (name: string): string =>
  Array.from(name, (letter) => (letter < ' ' || '<>:"/\\|?*'.includes(letter) ? '_' : letter))
    .join('')
    .replace(/[. ]+$/, '_') || '_';

/** A folder for each class, also where two names make one: `a/b` and `a_b` are `a_b` and `a_b-2`. */
export function folderNames(classes: readonly string[]): string[] {
  const taken = new Set<string>();
  return classes.map((name) => {
    const plain = fileName(name);
    let free = plain;
    // Some file systems do not tell upper from lower case.
    for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = `${plain}-${n}`;
    taken.add(free.toLowerCase());
    return free;
  });
}

async function picture(
  values: Float32Array,
  rows: number,
  columns: number,
  largest: number,
): Promise<Uint8Array> {
  const colours = emberColours(values.map((value) => (largest > 0 ? value / largest : 0)));
  const scale = Math.max(1, Math.ceil(PICTURE_PX / columns));
  return sharp(colours, { raw: { width: columns, height: rows, channels: 3 } })
    .resize(columns * scale, rows * scale, { kernel: 'nearest' })
    .png()
    .toBuffer();
}

/** NumPy format 1.0: little endian float32 [rows, columns], C order. */
function npyFloat32(values: Float32Array, rows: number, columns: number): Uint8Array {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  // Magic, version and length take 10 bytes; the header ends with a line feed at a multiple of 64.
  const padded = header.padEnd(Math.ceil((10 + header.length + 1) / 64) * 64 - 11) + '\n';
  const bytes = new Uint8Array(10 + padded.length + values.length * 4);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, padded.length, true);
  bytes.set(new TextEncoder().encode(padded), 10);
  values.forEach((value, index) => view.setFloat32(10 + padded.length + index * 4, value, true));
  return bytes;
}
