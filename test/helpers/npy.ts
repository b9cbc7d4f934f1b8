// Reads NumPy .npy files (format 1.0 to 3.0, C order, little endian) for recorded test arrays.
// It refuses what it does not know, so that a golden never passes on misread bytes.
import { readFileSync } from 'node:fs';

export type NpyDtype = 'f4' | 'f8' | 'i4' | 'i8' | 'u1' | 'b1';

export type NpyData<D extends NpyDtype> = D extends 'f4'
  ? Float32Array
  : D extends 'f8'
    ? Float64Array
    : D extends 'i4'
      ? Int32Array
      : D extends 'i8'
        ? BigInt64Array
        : Uint8Array;

/** One array; `dtype` narrows `data`. */
export type Npy = {
  [D in NpyDtype]: {
    readonly shape: readonly number[];
    readonly dtype: D;
    readonly data: NpyData<D>;
  };
}[NpyDtype];

const VIEWS = {
  f4: Float32Array,
  f8: Float64Array,
  i4: Int32Array,
  i8: BigInt64Array,
  u1: Uint8Array,
  b1: Uint8Array,
} as const;

const MAGIC = '\x93NUMPY';

/** Reads one array; throws with the file's name on anything that is not a plain array. */
export function readNpy(path: string): Npy {
  const bytes = readFileSync(path);
  if (bytes.toString('latin1', 0, 6) !== MAGIC)
    throw new Error(`${path}: not a .npy file (it starts without the NUMPY mark)`);
  const wide = bytes.readUInt8(6) >= 2;
  const start = wide ? 12 : 10;
  const headerLength = wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', start, start + headerLength);
  const dtype = /'descr':\s*'[<|=]([fiub]\d)'/.exec(header)?.[1];
  if (dtype === undefined || !(dtype in VIEWS))
    throw new Error(`${path}: dtype in ${header.trim()} is none of ${Object.keys(VIEWS).join()}`);
  if (!/'fortran_order':\s*False/.test(header)) throw new Error(`${path}: not in C order`);
  const dims = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? '';
  const shape = dims
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(Number);
  const View = VIEWS[dtype as NpyDtype];
  const count = shape.reduce((product, side) => product * side, 1);
  const begin = start + headerLength;
  const end = begin + count * View.BYTES_PER_ELEMENT;
  if (bytes.length < end)
    throw new Error(`${path}: ${bytes.length} bytes, but shape [${shape}] needs ${end}`);
  // The slice starts a buffer of its own, so that any element size is aligned.
  const body = new Uint8Array(bytes.subarray(begin, end)).buffer;
  return { shape, dtype, data: new View(body) } as Npy;
}

/** Reads an array of a dtype that the caller knows; throws when the file holds another. */
export function readNpyAs<D extends NpyDtype>(
  path: string,
  dtype: D,
): { readonly shape: readonly number[]; readonly data: NpyData<D> } {
  const array = readNpy(path);
  if (array.dtype !== dtype) throw new Error(`${path}: dtype ${array.dtype}, expected ${dtype}`);
  return { shape: array.shape, data: array.data as NpyData<D> };
}
