// The pass over a COCO file that checks its records, and the walk over its images afterwards.
import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../../../api/errors.ts';
import type { Json } from '../../../../api/types.ts';
import { parseJson } from '../../json.ts';
import { Problems } from '../../problems.ts';
import { decodeText } from '../../text.ts';
import { throwIfAborted } from '../../types.ts';
import type { DatasetAnnotation, DatasetImage, JsonObject } from '../../types.ts';
import { AnnotationIndex, type IndexEntry } from './annotationIndex.ts';
import type { CocoDataset, ReadCocoOptions } from './cocoDataset.ts';
import { FileWindow } from './fileWindow.ts';
import { asObject, extraFields, readAnnotation } from './records.ts';
import { JsonSplitter, SPLIT_LIMITS } from './splitJson.ts';
import type { JsonPart } from './splitJson.ts';
import { CategoryTable, ImageTable } from './tables.ts';

const STREAMED = new Set(['images', 'annotations', 'categories']);
const CHUNK_BYTES = 1 << 20;

export class CocoReader {
  readonly #handle: FileHandle;
  readonly #options: ReadCocoOptions;
  readonly problems = new Problems();
  readonly #images = new ImageTable();
  readonly #categories = new CategoryTable();
  readonly #annotations = new AnnotationIndex();
  /** Names here, by place in the image table; null = not here. Null as a whole without a library. */
  #names: readonly (string | null)[] | null = null;
  #members: Record<string, Json> = {};
  /** Tables seen to the end; annotations can be checked at once when both came before them. */
  readonly #seen = new Set<string>();
  /** Images that annotations were left out of because nobody knows their size. */
  readonly #unsized = new Set<number>();

  constructor(handle: FileHandle, options: ReadCocoOptions) {
    this.#handle = handle;
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#images.images.length === 0;
  }

  /** Annotations that can be read. */
  get sound(): number {
    return this.#annotations.length;
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
      this.#options.onProgress?.({
        stage: 'Read COCO file',
        done: position,
        total: size,
        unit: 'bytes',
      });
    }
    for (const part of splitter.end()) this.#take(part);
    for (const table of STREAMED)
      if (!this.#seen.has(table) && !splitter.isOver)
        this.problems.skip(`$.${table}`, { code: 'listMissing', values: [] });
    const { library } = this.#options;
    if (library && this.#images.isUnsized) await this.#images.takeSizes(library, this.problems);
    if (waiting) await this.#checkWaiting();
    this.#categories.all(this.problems);
    this.#renumberDuplicates();
    this.#annotations.sortByImage();
    if (library) this.#names = this.#images.pair(library, this.#hasLabels, this.problems);
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
    if (key === 'annotations' && index !== null && this.#mustWait()) {
      this.#annotations.add({ offset: part.offset, bytes: part.bytes.length, index, id: 0 }, -1);
      return true;
    }
    const value = parse(part.bytes, path, this.problems);
    if (value === undefined) return false;
    if (index === null) {
      if (STREAMED.has(key)) this.problems.skip(path, { code: 'noList', values: [] });
      else if (key !== '__proto__') this.#members[key] = value;
      return false;
    }
    const record = asObject(value, path, this.problems);
    if (!record) return false;
    if (key === 'images')
      this.#images.add(record, path, this.#options.library !== undefined, this.problems);
    else if (key === 'categories') this.#categories.add(record, path, this.problems);
    else
      this.#addAnnotation(record, path, { offset: part.offset, bytes: part.bytes.length, index });
    return false;
  }

  /** Whether an annotation can be read only once the whole file was seen. */
  #mustWait(): boolean {
    return !this.#seen.has('images') || !this.#seen.has('categories') || this.#images.isUnsized;
  }

  readonly #hasLabels = (place: number): boolean =>
    this.#unsized.has(place) || !this.#annotations.ofImage(place).next().done;

  #addAnnotation(record: JsonObject, path: string, place: Omit<IndexEntry, 'id'>) {
    const image = this.#images.placeOf(record['image_id']);
    if (image !== undefined && this.#images.images[image]!.width === 0) {
      this.#unsized.add(image);
      return;
    }
    const read = this.#readAnnotation(record, path, this.problems);
    if (read) this.#annotations.add({ ...place, id: read.id ?? 0 }, image!);
  }

  #readAnnotation(record: JsonObject, path: string, problems: Problems): DatasetAnnotation | null {
    return readAnnotation(
      record,
      path,
      {
        image: (id) => this.#images.images[this.#images.placeOf(id) ?? -1],
        category: (id) => this.#categories.find(id, problems),
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
      if (record) this.#addAnnotation(record, path, { offset, bytes, index });
    }
  }

  #renumberDuplicates(): void {
    for (const { index, id } of this.#annotations.clearDuplicateIds())
      this.problems.repair(`$.annotations[${index}].id`, { code: 'idTwice', values: [id] });
  }

  async *#walk(): AsyncGenerator<DatasetImage> {
    const file = new FileWindow(this.#handle);
    for (const place of this.#places()) {
      throwIfAborted(this.#options);
      yield await this.#image(place, file);
    }
  }

  /** Of the images that are walked, in order. */
  *#places(): Generator<number> {
    for (let place = 0; place < this.#images.images.length; place++)
      if (this.#names === null || this.#names[place] !== null) yield place;
  }

  async #image(index: number, file: FileWindow): Promise<DatasetImage> {
    const quiet = new Problems();
    const image = this.#images.images[index]!;
    const annotations: DatasetAnnotation[] = [];
    for (const entry of this.#annotations.ofImage(index)) {
      const value = parse(await file.read(entry.offset, entry.bytes), '$', quiet);
      const read = this.#readAnnotation((value ?? {}) as JsonObject, '$', quiet);
      if (!read)
        throw new AppError('IMPORT_INVALID', 'the COCO file changed while it was being read');
      annotations.push({ ...read, id: entry.id || null });
    }
    return {
      ...image,
      fileName: this.#names?.[index] ?? image.fileName,
      isReviewed: false,
      annotations,
    };
  }

  dataset(): CocoDataset {
    const { info = null, licenses = null } = this.#members;
    const close = () => this.#handle.close();
    const places = [...this.#places()];
    return {
      categories: this.#categories.all(this.problems),
      imageCount: places.length,
      annotationCount: this.#annotations.length,
      info,
      licenses,
      extra: extraFields(this.#members, ['info', 'licenses']),
      problems: this.problems,
      images: () => this.#walk(),
      imageNames: () => places.map((p) => this.#names?.[p] ?? this.#images.images[p]!.fileName),
      image: (index) => this.#image(places[index]!, new FileWindow(this.#handle)),
      close,
      [Symbol.asyncDispose]: close,
    };
  }
}

function parse(bytes: Uint8Array, path: string, problems: Problems): Json | undefined {
  const decoded = decodeText(bytes);
  if ('fault' in decoded) {
    problems.skip(path, 'is not UTF-8 text; save the file as UTF-8');
    return undefined;
  }
  // The splitter bounds the depth of every part.
  const parsed = parseJson(decoded.text, true);
  if ('value' in parsed) return parsed.value;
  problems.skip(path, parsed.fault);
  return undefined;
}
