// The one error type of models/: a stable code, and a message that names file, tensor,
// what was expected, what came and what to do about it.

/** Stable codes; people see text chosen by code, logs see the whole message. */
export type ModelErrorCode =
  /** The file is absent, no regular file, or may not be read. */
  | 'MODEL_FILE_UNREADABLE'
  /** Truncated, overlapping, contradicting itself: not what its format promises. */
  | 'MODEL_FILE_DAMAGED'
  /** Well formed, but a form that is not read here (old torch format, compressed entries, dtype). */
  | 'MODEL_FILE_UNSUPPORTED'
  /** Asks for something a weight file must not: running code, leaving its folder. */
  | 'MODEL_FILE_REFUSED'
  | 'MODEL_TENSOR_MISSING'
  | 'MODEL_TENSOR_SHAPE'
  | 'MODEL_TENSOR_DTYPE'
  | 'MODEL_CONFIG_INVALID'
  | 'MODEL_FAMILY_UNKNOWN'
  | 'MODEL_TOKENIZER_INVALID'
  | 'PACK_INVALID'
  | 'PACK_EXISTS'
  | 'PACK_NOT_FOUND'
  | 'PACK_READ_ONLY'
  | 'PACK_HASH_MISMATCH'
  | 'DOWNLOAD_TOKEN_NEEDED'
  | 'DOWNLOAD_NOT_FOUND'
  | 'DOWNLOAD_BUSY'
  | 'DOWNLOAD_BROKEN'
  /** Nothing has answered so far: no network, no such host, a proxy that refuses. */
  | 'DOWNLOAD_UNREACHABLE'
  | 'DOWNLOAD_CERTIFICATE'
  | 'DOWNLOAD_REFUSED'
  | 'DOWNLOAD_CHECKSUM'
  | 'DOWNLOAD_DISK_FULL';

/** The parts a message is made of; give every one that is known. */
export interface ModelErrorParts {
  readonly file?: string;
  readonly tensor?: string;
  /** What the reader needed, e.g. "shape [1, 577, 1024]". */
  readonly expected: string;
  /** What it met instead. */
  readonly found?: string;
  /** What a person can do. */
  readonly fix?: string;
  readonly cause?: unknown;
}

/** Anything wrong with a model file, a config, a pack or its download. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: ModelErrorCode;
  readonly file: string | undefined;
  readonly tensor: string | undefined;
  readonly expected: string;
  readonly found: string | undefined;
  readonly fix: string | undefined;

  constructor(code: ModelErrorCode, parts: ModelErrorParts) {
    super(sentence(parts), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.code = code;
    this.file = parts.file;
    this.tensor = parts.tensor;
    this.expected = parts.expected;
    this.found = parts.found;
    this.fix = parts.fix;
  }
}

/** `value` as it may stand in a message: quoted, no control characters, never long. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : String(value);
  const short = text.length > 120 ? `${text.slice(0, 117)}...` : text;
  return JSON.stringify(short);
}

function sentence({ file, tensor, expected, found, fix }: ModelErrorParts): string {
  const what = tensor === undefined ? '' : `tensor ${shown(tensor)}: `;
  const got = found === undefined ? '' : `, found ${found}`;
  const way = fix === undefined ? '' : `. ${fix}`;
  const place = file === undefined ? '' : ` (in ${file})`;
  return `${what}expected ${expected}${got}${way}${place}`;
}
