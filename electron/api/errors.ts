// Failures as data: a code for the program, a sentence for the person. Texts shown in the window
// are chosen by code; `message` is the fallback and goes to logs and the command line.
import type { FileProblem, Json } from './types.ts';

/** Every code that may cross the wire, by domain. */
const ERROR_CODES = [
  // wire
  'PROTOCOL_MISMATCH',
  'BAD_FRAME',
  'BAD_REQUEST',
  'UNKNOWN_METHOD',
  'TOO_MANY_REQUESTS',
  'CONNECTION_CLOSED',
  'INTERNAL',
  'CANCELLED',
  // project
  'PROJECT_NOT_OPEN',
  'PROJECT_REPLACED',
  'PROJECT_LOCKED',
  'PROJECT_TOO_NEW',
  'PROJECT_DAMAGED',
  'PROJECT_READ_ONLY',
  'PROJECT_OF_OTHER_FOLDER',
  'FOLDER_MISSING',
  'HANDLE_UNKNOWN',
  'DISK_FULL',
  // document
  'IMAGE_UNKNOWN',
  'CATEGORY_UNKNOWN',
  'CATEGORY_CONFLICT',
  'NAME_TAKEN',
  'ANNOTATION_UNKNOWN',
  'DOC_CONFLICT',
  // images
  'IMAGE_MISSING',
  'IMAGE_DAMAGED',
  'IMAGE_TOO_LARGE',
  'IMAGE_EMPTY',
  'IMAGE_UNSUPPORTED',
  'IMAGE_NAME',
  // model and inference
  'PACK_UNKNOWN',
  'PACK_BROKEN',
  'MODEL_INVALID',
  'MODEL_HASH_MISMATCH',
  'PROMPT_EMPTY',
  'PROMPT_TOO_LONG',
  'PARAMS_INVALID',
  'RUN_UNKNOWN',
  'INFERENCE_EXITED',
  'INFERENCE_UNAVAILABLE',
  'DEVICE_FAILED',
  'RUNTIME_MISSING',
  // downloads
  'NETWORK_FAILED',
  'HUB_UNREACHABLE',
  'CERTIFICATE_UNTRUSTED',
  'ACCESS_DENIED',
  'CHECKSUM_MISMATCH',
  'DOWNLOAD_REFUSED',
  // jobs, data sets
  'JOB_UNKNOWN',
  'JOB_STATE',
  'REVIEW_GONE',
  'FORMAT_UNKNOWN',
  'IMPORT_INVALID',
  'EXPORT_MISMATCH',
  'FILE_EXISTS',
  'FILE_REFUSED',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** The one error class that crosses layers and the wire. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly data: Json;

  constructor(code: ErrorCode, message: string, options: { data?: Json; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.data = options.data ?? null;
  }
}

export interface ErrorPayload extends FileProblem {
  readonly code: ErrorCode;
}

/** What the other side may know: unknown throws keep their details on this side. */
export function toPayload(error: unknown): ErrorPayload {
  if (error instanceof AppError)
    return { code: error.code, message: error.message, data: error.data };
  return {
    code: 'INTERNAL',
    message: 'Something went wrong inside. The log has the details.',
    data: null,
  };
}

/** Rebuilds an error that came over the wire; an unknown code becomes INTERNAL. */
export function fromPayload(payload: unknown): AppError {
  const record =
    typeof payload === 'object' && payload !== null ? (payload as Partial<ErrorPayload>) : {};
  const code = ERROR_CODES.find((known) => known === record.code) ?? 'INTERNAL';
  return new AppError(code, typeof record.message === 'string' ? record.message : code, {
    data: record.data ?? null,
  });
}
