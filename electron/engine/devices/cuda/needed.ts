// Which shared libraries an ELF file asks the loader for, read from its dynamic section: what a CUDA
// provider really needs changes with its version, and its package does not say.
import { open, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../../api/errors.ts';

const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const DT_NULL = 0n;
const DT_NEEDED = 1n;
const DT_STRTAB = 5n;
const DT_STRSZ = 10n;
/** Of a table of names or entries; the largest real ones have some ten thousand bytes. */
const MAX_TABLE_BYTES = 64 * 1024 * 1024;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: bigint;
  readonly bytes: number;
}

/** The DT_NEEDED names of a 64-bit little-endian ELF file, in their order. */
export async function neededLibraries(path: string): Promise<string[]> {
  const file = await open(path, 'r');
  try {
    const segments = await segmentsOf(file, path);
    const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
    if (!dynamic) return [];
    const entries = entriesOf(await bytesAt(file, path, dynamic.offset, dynamic.bytes));
    const valueOf = (tag: bigint) => entries.find((entry) => entry.tag === tag)?.value ?? 0n;
    const address = valueOf(DT_STRTAB);
    const holder = segments.find(
      (one) =>
        one.type === PT_LOAD && address >= one.address && address < one.address + BigInt(one.bytes),
    );
    if (!holder) throw damaged(path, 'a table of names');
    const start = holder.offset + Number(address - holder.address);
    const names = await bytesAt(file, path, start, Number(valueOf(DT_STRSZ)));
    return entries
      .filter(({ tag }) => tag === DT_NEEDED)
      .map(({ value }) => {
        const end = names.indexOf(0, Number(value));
        if (end < 0) throw damaged(path, 'names that end');
        return names.toString('latin1', Number(value), end);
      });
  } finally {
    await file.close();
  }
}

async function segmentsOf(file: FileHandle, path: string): Promise<Segment[]> {
  const head = await bytesAt(file, path, 0, 64);
  if (head.toString('latin1', 0, 6) !== '\u007FELF\u0002\u0001')
    throw damaged(path, 'a 64-bit ELF file');
  const [entryBytes, count] = [head.readUInt16LE(54), head.readUInt16LE(56)];
  const table = await bytesAt(file, path, Number(head.readBigUInt64LE(32)), entryBytes * count);
  if (count > 0 && entryBytes < 56) throw damaged(path, 'program headers');
  return Array.from({ length: count }, (_, index) => {
    const entry = table.subarray(index * entryBytes);
    return {
      type: entry.readUInt32LE(0),
      offset: Number(entry.readBigUInt64LE(8)),
      address: entry.readBigUInt64LE(16),
      bytes: Number(entry.readBigUInt64LE(32)),
    };
  });
}

function entriesOf(table: Buffer): { readonly tag: bigint; readonly value: bigint }[] {
  const entries: { tag: bigint; value: bigint }[] = [];
  for (let at = 0; at + 16 <= table.length; at += 16) {
    const tag = table.readBigUInt64LE(at);
    if (tag === DT_NULL) break;
    entries.push({ tag, value: table.readBigUInt64LE(at + 8) });
  }
  return entries;
}

async function bytesAt(
  file: FileHandle,
  path: string,
  position: number,
  length: number,
): Promise<Buffer> {
  if (length > MAX_TABLE_BYTES || !Number.isSafeInteger(position))
    throw damaged(path, 'tables of a usual size');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw damaged(path, 'its whole length');
  return buffer;
}

const damaged = (path: string, expected: string) =>
  new AppError('DEVICE_FAILED', `${path} is no library that can be read: expected ${expected}.`);
