// Writes safetensors files for tests, also ones that lie.
export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** A correct file holding `tensors` in the order given. */
export function safetensorsFile(tensors: Readonly<Record<string, StoredTensor>>): Buffer {
  let end = 0;
  const header: Record<string, unknown> = {};
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
  }
  return fileWithHeader(
    JSON.stringify(header),
    Buffer.concat(Object.values(tensors).map(({ bytes }) => bytes)),
  );
}

/** Any header text in front of any body. */
export function fileWithHeader(header: string | Uint8Array, body: Uint8Array): Buffer {
  const json = Buffer.from(header as string);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, body]);
}

/** F32 bytes, little endian. */
export function f32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, i) => bytes.writeFloatLE(value, 4 * i));
  return bytes;
}

/** A deterministic tensor of `shape` with values around zero. */
export function randomF32(shape: readonly number[], seed = 1): StoredTensor {
  let state = seed >>> 0 || 1;
  const count = shape.reduce((a, b) => a * b, 1);
  const values = Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.2;
  });
  return { dtype: 'F32', shape, bytes: f32(...values) };
}
