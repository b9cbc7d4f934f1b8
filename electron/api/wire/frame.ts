// The frame codec: u32 header length, UTF-8 JSON header, padding to 8, then binary segments padded to 8.
// Little endian. Typed arrays inside a payload travel as segments, referred to by {"$seg": n}.
// The decoder treats every byte as hostile: sizes are checked before anything is allocated.
import { AppError } from '../errors.ts';
import { MAX_DEPTH, MAX_FRAME_BYTES, MAX_HEADER_BYTES, MAX_SEGMENTS, PROTOCOL } from './limits.ts';

export const FRAME_KINDS = [
  'request',
  'result',
  'error',
  'event',
  'cancel',
  'subscribe',
  'unsubscribe',
  'bye',
] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

export interface Frame {
  readonly kind: FrameKind;
  /** Request the frame belongs to; 0 for subscriptions' events. */
  readonly id: number;
  /** Method or event name; empty where the kind needs none. */
  readonly name: string;
  readonly payload: unknown;
}

const ARRAYS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type ArrayKind = keyof typeof ARRAYS;
type Segment = InstanceType<(typeof ARRAYS)[ArrayKind]>;

const kindOf = (value: unknown): ArrayKind | null => {
  for (const kind of Object.keys(ARRAYS) as ArrayKind[])
    if (value instanceof ARRAYS[kind]) return kind;
  return null;
};

const pad8 = (length: number) => (length + 7) & ~7;

interface WireHeader {
  v: number;
  t: string;
  id: number;
  m: string;
  p: unknown;
  seg: [kind: string, length: number][];
}

/** Bytes of one frame; throws BAD_FRAME when it would pass a limit. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const segments: Segment[] = [];
  const strip = (value: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH)
      throw new AppError(
        'BAD_FRAME',
        `Payload of ${frame.name} is nested deeper than ${MAX_DEPTH}.`,
      );
    if (value === null || typeof value !== 'object') return value;
    if (kindOf(value)) return { $seg: segments.push(value as Segment) - 1 };
    if (Array.isArray(value)) return value.map((item) => strip(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, strip(item, depth + 1)]),
    );
  };
  const payload = strip(frame.payload, 0);
  const header: WireHeader = {
    v: PROTOCOL,
    t: frame.kind,
    id: frame.id,
    m: frame.name,
    p: payload,
    seg: segments.map((segment) => [kindOf(segment) ?? 'u8', segment.length]),
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const bodyStart = pad8(4 + json.length);
  const total = segments.reduce((sum, segment) => sum + pad8(segment.byteLength), bodyStart);
  if (json.length > MAX_HEADER_BYTES || total > MAX_FRAME_BYTES || segments.length > MAX_SEGMENTS) {
    throw new AppError(
      'BAD_FRAME',
      `Frame ${frame.name} is too large: ${total} bytes, ${segments.length} segments.`,
    );
  }
  const bytes = new Uint8Array(total);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  let offset = bodyStart;
  for (const segment of segments) {
    bytes.set(new Uint8Array(segment.buffer, segment.byteOffset, segment.byteLength), offset);
    offset += pad8(segment.byteLength);
  }
  return bytes;
}

const bad = (what: string) => new AppError('BAD_FRAME', `Refused a frame: ${what}.`);

/** Parses one frame; throws BAD_FRAME or PROTOCOL_MISMATCH, never anything else. */
export function decodeFrame(input: Uint8Array): Frame {
  if (input.length > MAX_FRAME_BYTES)
    throw bad(`${input.length} bytes are over the limit of ${MAX_FRAME_BYTES}`);
  if (input.length < 6) throw bad('it is shorter than a header');
  // Typed-array views need aligned memory; transports usually give it, a copy repairs the rest.
  const bytes = input.byteOffset % 8 === 0 ? input : new Uint8Array(input);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint32(0, true);
  if (headerLength > MAX_HEADER_BYTES || 4 + headerLength > bytes.length)
    throw bad(`header length ${headerLength} does not fit`);
  const header = parseHeader(bytes.subarray(4, 4 + headerLength));
  const segments: Segment[] = [];
  let offset = pad8(4 + headerLength);
  for (const [kind, length] of header.seg) {
    const make = Object.hasOwn(ARRAYS, kind) ? ARRAYS[kind as ArrayKind] : null;
    if (!make || !Number.isSafeInteger(length) || length < 0)
      throw bad('a segment has no known type or length');
    const byteLength = length * make.BYTES_PER_ELEMENT;
    if (offset + byteLength > bytes.length) throw bad('a segment ends after the frame');
    segments.push(new make(bytes.buffer as ArrayBuffer, bytes.byteOffset + offset, length));
    offset += pad8(byteLength);
  }
  if (offset !== pad8(bytes.length)) throw bad('bytes are left over');
  return {
    kind: header.t as FrameKind,
    id: header.id,
    name: header.m,
    payload: revive(header.p, segments, 0),
  };
}

function parseHeader(json: Uint8Array): WireHeader {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (cause) {
    throw new AppError('BAD_FRAME', 'Refused a frame: its header is not JSON.', { cause });
  }
  const record = (
    typeof header === 'object' && header !== null ? header : {}
  ) as Partial<WireHeader>;
  if (record.v !== PROTOCOL) {
    throw new AppError(
      'PROTOCOL_MISMATCH',
      `The other side speaks ${Number.isSafeInteger(record.v) ? `protocol ${record.v}` : 'another protocol'}, this one ${PROTOCOL}. Reload the window.`,
    );
  }
  if (!FRAME_KINDS.some((kind) => kind === record.t)) throw bad('its kind is unknown');
  if (!Number.isSafeInteger(record.id) || (record.id as number) < 0)
    throw bad('its id is not a count');
  if (typeof record.m !== 'string' || record.m.length > 64)
    throw bad('its name is not a short text');
  if (!Array.isArray(record.seg) || record.seg.length > MAX_SEGMENTS)
    throw bad('its segment list is wrong');
  if (
    !record.seg.every(
      (entry) => Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string',
    )
  ) {
    throw bad('its segment list is wrong');
  }
  return record as WireHeader;
}

function revive(value: unknown, segments: readonly Segment[], depth: number): unknown {
  if (depth > MAX_DEPTH) throw bad(`its payload is nested deeper than ${MAX_DEPTH}`);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => revive(item, segments, depth + 1));
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === '$seg') {
    const index = entries[0][1] as unknown;
    // Not any key of an array: "length" and "constructor" are no segments.
    const segment = typeof index === 'number' ? segments[index] : undefined;
    if (!segment) throw bad('its payload refers to a segment that is not there');
    return segment;
  }
  // Own keys only, and none that would reach a prototype.
  const revived: Record<string, unknown> = {};
  for (const [key, item] of entries) {
    if (key === '__proto__') throw bad('its payload has a forbidden key');
    revived[key] = revive(item, segments, depth + 1);
  }
  return revived;
}
