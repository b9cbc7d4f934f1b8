// Reads COCO files of any size: one pass checks every record and remembers where each annotation
// lies in the file; walking the data set then fetches them image by image. Masks are never all in memory.
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../api/errors.ts';
import type { Json } from '../../../api/types.ts';
import { Problems } from '../problems.ts';
import { throwIfAborted } from '../types.ts';
import type {
  Control,
  DatasetAnnotation,
  DatasetCategory,
  DatasetImage,
  DatasetSource,
  JsonObject,
} from '../types.ts';
import { AnnotationIndex } from './annotationIndex.ts';
import { FileWindow } from './fileWindow.ts';
import { asObject, extraFields, readAnnotation, readCategory, readImage } from './records.ts';
import type { CocoImage } from './records.ts';
import { JsonSplitter, SPLIT_LIMITS } from './splitJson.ts';
import type { JsonPart, SplitLimits } from './splitJson.ts';

const STREAMED = new Set(['images', 'annotations', 'categories']);
const UTF8 = new TextDecoder('utf-8', { fatal: true });
const CHUNK_BYTES = 1 << 20;
const MAX_IMAGES = 5_000_000;
const MAX_CATEGORIES = 65_535;

export interface ReadCocoOptions extends Control {
  /** Import what is sound; without it any item that must be left out is an IMPORT_INVALID error. */
  readonly skipBroken?: boolean;
  readonly limits?: SplitLimits;
}

/** A checked COCO file. Close it when done (`await using` works). */
export interface CocoDataset extends DatasetSource, AsyncDisposable {
  readonly imageCount: number;
  /** Sound annotations. */
  readonly annotationCount: number;
  readonly info: Json;
  readonly licenses: Json;
  /** Top-level fields that we do not know. */
  readonly extra: JsonObject;
  readonly problems: Problems;
  /** File names in the order of `images()`. */
  imageNames(): readonly string[];
  /** One image by its place in that order, from 0. */
  image(index: number): Promise<DatasetImage>;
  close(): Promise<void>;
}

/**
 * Opens and checks a COCO instances or stuff file. Throws IMPORT_INVALID, listing each problem with
 * its JSON path, when something cannot be read and `skipBroken` is not set.
 */
export async function readCoco(path: string, options: ReadCocoOptions = {}): Promise<CocoDataset> {
  const handle = await open(path, 'r');
  try {
    const reader = new Reader(handle, options);
    await reader.scan();
    if (!options.skipBroken) reader.problems.refuseSkipped(path);
    if (reader.images.length === 0 && reader.problems.skipped > 0)
      reader.problems.refuseSkipped(path);
    return reader.dataset();
  } catch (error) {
    await handle.close();
    throw error;
  }
}

class Reader {
  readonly #handle: FileHandle;
  readonly #options: ReadCocoOptions;
  readonly problems = new Problems();
  readonly images: CocoImage[] = [];
  readonly #imageIndex = new Map<number, number>();
  readonly #names = new Set<string>();
  readonly #categories: DatasetCategory[] = [];
  readonly #categoryIds = new Set<number>();
  readonly #annotations = new AnnotationIndex();
  #members: Record<string, Json> = {};
  /** Tables seen to the end; annotations can be checked at once when both came before them. */
  readonly #seen = new Set<string>();

  constructor(handle: FileHandle, options: ReadCocoOptions) {
    this.#handle = handle;
    this.#options = options;
  }

  async scan(): Promise<void> {
    const { size } = await this.#handle.stat();
    const splitter = new JsonSplitter(STREAMED, this.#options.limits ?? SPLIT_LIMITS);
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    let waiting = false;
    for (let position = 0; position < size && !splitter.isOver;) {
      throwIfAborted(this.#options);
      const { bytesRead } = await this.#handle.read(chunk, 0, chunk.length, position);
      if (bytesRead === 0) break;
      position += bytesRead;
      for (const part of splitter.push(chunk.subarray(0, bytesRead)))
        waiting = this.#take(part) || waiting;
      this.#options.onProgress?.({ stage: 'Read COCO file', done: position, total: size });
    }
    for (const part of splitter.end()) this.#take(part);
    for (const table of STREAMED)
      if (!this.#seen.has(table) && !splitter.isOver)
        this.problems.skip(`$.${table}`, 'is missing; a COCO data set has this list');
    if (waiting) await this.#checkWaiting();
    this.#renumberDuplicates();
    this.#annotations.sortByImage();
  }

  /** Takes one part of the file; true when it is an annotation to be looked at later. */
  #take(part: JsonPart): boolean {
    if (part.kind === 'problem') {
      const table = /^\$\.(\w+)/.exec(part.path)?.[1];
      if (table) this.#seen.add(table);
      this.problems.skip(part.path, part.message);
      return false;
    }
    this.#seen.add(part.key);
    if (part.kind === 'list') return false;
    const { key, index } = part;
    const path = index === null ? `$.${key}` : `$.${key}[${index}]`;
    if (key === 'annotations' && index !== null && !this.#tablesAreKnown()) {
      this.#annotations.add(part.offset, part.bytes.length, -1, index, 0);
      return true;
    }
    const value = parse(part.bytes, path, this.problems);
    if (value === undefined) return false;
    if (index === null) {
      if (STREAMED.has(key)) this.problems.skip(path, 'is no list');
      else if (key !== '__proto__') this.#members[key] = value;
      return false;
    }
    const record = asObject(value, path, this.problems);
    if (!record) return false;
    if (key === 'images') this.#addImage(record, path);
    else if (key === 'categories') this.#addCategory(record, path);
    else this.#addAnnotation(record, path, part.offset, part.bytes.length, index);
    return false;
  }

  #tablesAreKnown(): boolean {
    return this.#seen.has('images') && this.#seen.has('categories');
  }

  #addImage(record: JsonObject, path: string): void {
    const image = readImage(record, path, this.problems);
    if (!image) return;
    if (this.#imageIndex.has(image.id))
      return void this.problems.skip(`${path}.id`, `${image.id} is already taken by another image`);
    if (this.images.length >= MAX_IMAGES)
      throw new AppError('IMPORT_INVALID', `more than ${MAX_IMAGES} images; split the file`);
    if (this.#names.has(image.fileName))
      this.problems.repair(
        `${path}.file_name`,
        `${JSON.stringify(image.fileName)} is listed twice; both are kept`,
      );
    this.#names.add(image.fileName);
    this.#imageIndex.set(image.id, this.images.length);
    this.images.push(image);
  }

  #addCategory(record: JsonObject, path: string): void {
    const category = readCategory(record, path, this.problems);
    if (!category) return;
    if (this.#categoryIds.has(category.id))
      return void this.problems.skip(
        `${path}.id`,
        `${category.id} is already taken by another category`,
      );
    if (this.#categories.length >= MAX_CATEGORIES)
      throw new AppError('IMPORT_INVALID', `more than ${MAX_CATEGORIES} categories`);
    if (this.#categories.some((c) => c.name === category.name))
      this.problems.repair(
        `${path}.name`,
        `${JSON.stringify(category.name)} is used twice; both are kept`,
      );
    this.#categoryIds.add(category.id);
    this.#categories.push(category);
  }

  #addAnnotation(record: JsonObject, path: string, offset: number, bytes: number, index: number) {
    const read = this.#readAnnotation(record, path, this.problems);
    if (!read) return;
    const image = this.#imageIndex.get(read.image.id)!;
    this.#annotations.add(offset, bytes, image, index, read.annotation.id ?? 0);
  }

  #readAnnotation(record: JsonObject, path: string, problems: Problems) {
    return readAnnotation(
      record,
      path,
      {
        image: (id) => this.images[this.#imageIndex.get(id) ?? -1],
        hasCategory: (id) => this.#categoryIds.has(id),
      },
      problems,
    );
  }

  /** Annotations that stood before the tables they refer to. */
  async #checkWaiting(): Promise<void> {
    const entries = this.#annotations.takeWaiting();
    const file = new FileWindow(this.#handle);
    for (const { offset, bytes, index } of entries) {
      throwIfAborted(this.#options);
      const path = `$.annotations[${index}]`;
      const value = parse(await file.read(offset, bytes), path, this.problems);
      if (value === undefined) continue;
      const record = asObject(value, path, this.problems);
      if (record) this.#addAnnotation(record, path, offset, bytes, index);
    }
  }

  #renumberDuplicates(): void {
    for (const { index, id } of this.#annotations.clearDuplicateIds())
      this.problems.repair(
        `$.annotations[${index}].id`,
        `${id} is used twice; the later one gets a new number`,
      );
  }

  async *#walk(): AsyncGenerator<DatasetImage> {
    const file = new FileWindow(this.#handle);
    for (let i = 0; i < this.images.length; i++) {
      throwIfAborted(this.#options);
      yield await this.#image(i, file);
    }
  }

  async #image(index: number, file: FileWindow): Promise<DatasetImage> {
    const quiet = new Problems();
    const { id, fileName, width, height, extra } = this.images[index]!;
    const annotations: DatasetAnnotation[] = [];
    for (const entry of this.#annotations.ofImage(index)) {
      const value = parse(await file.read(entry.offset, entry.bytes), '$', quiet);
      const read = this.#readAnnotation((value ?? {}) as JsonObject, '$', quiet);
      if (!read)
        throw new AppError('IMPORT_INVALID', 'the COCO file changed while it was being read');
      annotations.push({ ...read.annotation, id: entry.id || null });
    }
    return { id, fileName, width, height, isReviewed: false, annotations, extra };
  }

  dataset(): CocoDataset {
    const { info = null, licenses = null } = this.#members;
    const close = () => this.#handle.close();
    return {
      categories: this.#categories,
      imageCount: this.images.length,
      annotationCount: this.#annotations.length,
      info,
      licenses,
      extra: extraFields(this.#members, ['info', 'licenses']),
      problems: this.problems,
      images: () => this.#walk(),
      imageNames: () => this.images.map((image) => image.fileName),
      image: (index) => this.#image(index, new FileWindow(this.#handle)),
      close,
      [Symbol.asyncDispose]: close,
    };
  }
}

function parse(bytes: Uint8Array, path: string, problems: Problems): Json | undefined {
  try {
    return JSON.parse(UTF8.decode(bytes)) as Json;
  } catch (error) {
    const text = Buffer.from(bytes.subarray(0, 2000)).toString('utf8');
    const python = /\b(NaN|Infinity)\b/.exec(text);
    problems.skip(
      path,
      error instanceof TypeError
        ? 'is not valid UTF-8 text'
        : python
          ? `holds ${python[1]}, which is not valid JSON`
          : 'is not valid JSON',
    );
    return undefined;
  }
}
