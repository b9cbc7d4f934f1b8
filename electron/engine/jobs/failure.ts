// What a failed image means for its job: this image only, the model process, the device, or everything.
import { AppError, toPayload, type ErrorCode, type ErrorPayload } from '../../api/errors.ts';

export interface Failure {
  readonly kind: 'image' | 'crash' | 'device' | 'everything';
  readonly error: ErrorPayload;
}

/** No later image would fare better. */
const EVERYTHING: readonly ErrorCode[] = [
  'INFERENCE_UNAVAILABLE',
  'RUNTIME_MISSING',
  'DISK_FULL',
  'PACK_UNKNOWN',
  'PACK_BROKEN',
  'MODEL_INVALID',
  'MODEL_HASH_MISMATCH',
  'PROMPT_EMPTY',
  'PROMPT_TOO_LONG',
  'PARAMS_INVALID',
  'PROJECT_LOCKED',
  'PROJECT_READ_ONLY',
  'PROJECT_DAMAGED',
  'FOLDER_MISSING',
];

export function failureKind(error: unknown): Failure {
  const known =
    error instanceof AppError
      ? error
      : new AppError('INTERNAL', error instanceof Error ? error.message : String(error));
  return { kind: kindOf(known.code), error: toPayload(known) };
}

function kindOf(code: ErrorCode): Failure['kind'] {
  if (code === 'INFERENCE_EXITED') return 'crash';
  if (code === 'DEVICE_FAILED') return 'device';
  return EVERYTHING.includes(code) ? 'everything' : 'image';
}
