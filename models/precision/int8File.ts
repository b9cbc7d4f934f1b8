// The 8-bit weight file of a pack: made once from the pack's own weights, cached, and used only while its hash
// is that of the day it was written.
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { TensorRef } from '../family.ts';
import { containedPath } from '../files/contained.ts';
import { sha256OfFile } from '../files/hash.ts';
import { floatsFromBytes } from '../safetensors/floats.ts';
import { quantiseRows, type Int8Form, type Int8Piece } from './int8.ts';

const NOTE = v.object({ version: v.literal(1), bytes: v.number(), sha256: v.string() });

/** Where an 8-bit weight file goes and what it is made from. */
export interface Int8Place {
  /** Folder of the pack's own weights. */
  readonly source: string;
  readonly folder: string;
  readonly file: string;
  readonly signal?: AbortSignal;
}

/**
 * Makes `file` in `folder` unless a whole one is there. Weights are read from `source`, one tensor
 * at a time. Throws the signal's reason or the file system's error; a half file is never left.
 */
export async function ensureInt8File(
  form: Int8Form,
  { source, folder, file, signal }: Int8Place,
): Promise<void> {
  const path = join(folder, file);
  if (await isWhole(path, form.bytes, signal)) {
    const now = new Date();
    // Counts as used, so that the cache drops others first.
    await utimes(path, now, now);
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.new`;
  try {
    await write(form, source, temporary, signal);
    const sha256 = await sha256OfFile(temporary, signal ? { signal } : {});
    const note: v.InferOutput<typeof NOTE> = { version: 1, bytes: form.bytes, sha256 };
    await rename(temporary, path);
    await writeFile(`${path}.json`, JSON.stringify(note), { flush: true });
  } finally {
    await rm(temporary, { force: true });
  }
}

async function isWhole(path: string, bytes: number, signal?: AbortSignal): Promise<boolean> {
  const text = await readFile(`${path}.json`, 'utf8').catch(() => null);
  const info = await stat(path).catch(() => null);
  if (text === null || info?.size !== bytes) return false;
  try {
    const note = v.safeParse(NOTE, JSON.parse(text));
    if (!note.success || note.output.bytes !== bytes) return false;
    return (await sha256OfFile(path, signal ? { signal } : {})) === note.output.sha256;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

async function write(
  form: Int8Form,
  source: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const out = await open(path, 'wx');
  try {
    for (const piece of form.pieces) {
      signal?.throwIfAborted();
      const bytes = await readConstant(piece, source);
      if (piece.kind === 'copy') {
        await out.write(bytes, 0, bytes.length, piece.offset);
        continue;
      }
      const dtype = piece.constant.value.dtype as TensorRef['dtype'];
      const floats = floatsFromBytes(bytes, dtype);
      const { values, scales } = quantiseRows(floats, piece.rows, piece.columns);
      await out.write(new Uint8Array(values.buffer), 0, values.byteLength, piece.offset);
      await out.write(new Uint8Array(scales.buffer), 0, scales.byteLength, piece.scaleOffset);
    }
    await out.truncate(form.bytes);
    await out.sync();
  } finally {
    await out.close();
  }
}

async function readConstant({ constant }: Int8Piece, source: string): Promise<Uint8Array> {
  const { data, value } = constant;
  if (data.kind !== 'external') throw new Error(`${value.name} lies in no weight file`);
  const handle = await open(containedPath(source, data.file));
  try {
    const bytes = new Uint8Array(data.length);
    const { bytesRead } = await handle.read(bytes, 0, data.length, data.offset);
    if (bytesRead !== data.length)
      throw new Error(`${data.file} ends before the tensor ${value.name}`);
    return bytes;
  } finally {
    await handle.close();
  }
}
