// Failures of this process as the engine knows them: each domain's own error becomes an AppError.
import type { ErrorCode } from '../api/errors.ts';
import { AppError } from '../api/errors.ts';
import type { WorkReason } from '../api/said/workWords.ts';
import type { Json } from '../api/types.ts';
import { ModelError } from '../../models/errors.ts';
import { ImageError } from './image/imageError.ts';
import { PipelineError } from '../link/pipelineError.ts';

const PIPELINE_CODES: { readonly [code in PipelineError['code']]: ErrorCode } = {
  PARAM_INVALID: 'PARAMS_INVALID',
  PROMPT_INVALID: 'PROMPT_EMPTY',
  PROMPT_TOO_LONG: 'PROMPT_TOO_LONG',
  TOKENIZER_INVALID: 'MODEL_INVALID',
  MODEL_OUTPUT_INVALID: 'DEVICE_FAILED',
};

/** The error to send; anything unknown stays as it is and is reported as INTERNAL. */
export function asAppError(error: unknown): unknown {
  const because = (code: ErrorCode, data: Json = null) =>
    new AppError(code, (error as Error).message, { cause: error, data });
  if (error instanceof ImageError) {
    if (error.code !== 'IMAGE_UNREADABLE') return because(error.code, error.data);
    if (/ENOENT|ENOTDIR/.test(error.message)) return because('IMAGE_MISSING');
    const system = error.data?.['system'];
    if (system === undefined) return because('IMAGE_DAMAGED');
    const why: WorkReason = { code: 'unreadable', values: [String(system)] };
    return because('IMAGE_DAMAGED', { why });
  }
  if (error instanceof PipelineError) return because(PIPELINE_CODES[error.code]);
  if (error instanceof ModelError) {
    if (error.code === 'PACK_HASH_MISMATCH') return because('MODEL_HASH_MISMATCH');
    if (error.code === 'PACK_NOT_FOUND') return because('PACK_UNKNOWN');
    if (error.code.startsWith('PACK_')) return because('PACK_BROKEN');
    return because('MODEL_INVALID');
  }
  if (error instanceof Error && error.name === 'AbortError') return because('CANCELLED');
  return error;
}
