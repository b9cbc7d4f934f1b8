// panoptic.json, streamed: images go to the file, annotations to a second one that is appended at the
// end; read back and counted when it is finished.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { TextFile } from '../../atomicFile.ts';
import { JsonSplitter } from '../../coco/reading/splitJson.ts';
import type { JsonPart } from '../../coco/reading/splitJson.ts';
import type { DatasetCategory, DatasetImage } from '../../types.ts';
import { mismatch } from '../writing/folderExport.ts';
import type { ExportFolder } from '../writing/folderExport.ts';

export interface Segment {
  readonly id: number;
  readonly category_id: number;
  readonly area: number;
  readonly bbox: readonly number[];
  readonly iscrowd: 0 | 1;
}

/** One part of a data set: its JSON file and the folder of its PNGs. */
export class PanopticFile {
  readonly json: string;
  readonly pngFolder: string;
  readonly #folder: ExportFolder;
  readonly #spoolName: string;
  readonly #main: FileHandle;
  readonly #spool: FileHandle;
  readonly #images: TextFile;
  readonly #annotations: TextFile;
  #count = 0;
  #segments = 0;

  static async create(folder: ExportFolder, part: string, info: object): Promise<PanopticFile> {
    const json = part ? `panoptic_${part}.json` : 'panoptic.json';
    await folder.write(json, `{"info":${JSON.stringify(info)},\n"licenses":[],\n"images":[`);
    await folder.write(`.${json}.annotations`, '');
    const main = await open(folder.path(json), 'a');
    const spool = await open(folder.path(`.${json}.annotations`), 'a+');
    return new PanopticFile(folder, part, main, spool);
  }

  private constructor(folder: ExportFolder, part: string, main: FileHandle, spool: FileHandle) {
    this.json = part ? `panoptic_${part}.json` : 'panoptic.json';
    this.pngFolder = part ? `panoptic_${part}` : 'panoptic';
    this.#spoolName = `.${this.json}.annotations`;
    this.#folder = folder;
    this.#main = main;
    this.#spool = spool;
    this.#images = new TextFile(main);
    this.#annotations = new TextFile(spool);
  }

  async add(
    image: DatasetImage,
    id: number,
    fileName: string,
    segments: readonly Segment[],
  ): Promise<void> {
    this.#segments += segments.length;
    const comma = this.#count++ ? ',' : '';
    const { width, height } = image;
    const entry = { id, file_name: image.fileName, width, height };
    const annotation = { image_id: id, file_name: fileName, segments_info: segments };
    await this.#images.write(`${comma}\n${JSON.stringify(entry)}`);
    await this.#annotations.write(`${comma}\n${JSON.stringify(annotation)}`);
  }

  async finish(categories: readonly DatasetCategory[]): Promise<void> {
    const table = categories.map(({ id, name, supercategory, isThing, color }) => {
      const channel = (at: number) => Number.parseInt(color.slice(at, at + 2), 16) || 0;
      const rgb = [channel(1), channel(3), channel(5)];
      return `\n${JSON.stringify({ id, name, supercategory, isthing: isThing ? 1 : 0, color: rgb })}`;
    });
    await this.#images.write(`\n],\n"categories":[${table.join(',')}\n],\n"annotations":[`);
    await this.#images.flush();
    await this.#annotations.flush();
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (let position = 0; ;) {
      const { bytesRead } = await this.#spool.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) break;
      await this.#main.writeFile(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    await this.#main.writeFile('\n]}\n');
    await this.#main.sync();
    await this.#spool.close();
    await this.#folder.remove(this.#spoolName);
  }

  /** Reads the finished file and compares what it lists with what was added. */
  async check(): Promise<void> {
    const splitter = new JsonSplitter(new Set(['images', 'annotations']));
    const found = { images: 0, annotations: 0, segments: 0 };
    const take = (parts: JsonPart[]) => {
      for (const part of parts) {
        if (part.kind === 'problem') mismatch(this.json, `${part.path} ${part.message}`);
        if (part.kind !== 'value' || part.index === null) continue;
        const value = JSON.parse(Buffer.from(part.bytes).toString()) as {
          segments_info?: readonly unknown[];
        };
        found[part.key === 'images' ? 'images' : 'annotations']++;
        found.segments += value.segments_info?.length ?? 0;
      }
    };
    for await (const chunk of createReadStream(this.#folder.path(this.json)))
      take(splitter.push(chunk as Buffer));
    take(splitter.end());
    const { images, annotations, segments } = found;
    if (images !== this.#count || annotations !== this.#count || segments !== this.#segments)
      mismatch(
        this.json,
        `lists ${images} images, ${annotations} annotations, ${segments} segments`,
      );
  }

  async close(): Promise<void> {
    await this.#main.close();
    await this.#spool.close();
  }
}
