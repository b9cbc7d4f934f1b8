// Failures of downloads, builds and packs: a code for the page, a sentence with the way out.
import { AppError } from '../../api/errors.ts';
import type { ErrorCode } from '../../api/errors.ts';
import { ModelError } from '../../../models/errors.ts';

/** Failures of downloads and builds by what a person can do about them. */
export async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { found, fix } = error;
    throw new AppError(codeOf(error.code), error.message, {
      cause: error,
      data: { ...(found === undefined ? {} : { found }), ...(fix === undefined ? {} : { fix }) },
    });
  }
}

function codeOf(code: ModelError['code']): ErrorCode {
  switch (code) {
    case 'DOWNLOAD_TOKEN_NEEDED':
      return 'ACCESS_DENIED';
    case 'DOWNLOAD_UNREACHABLE':
      return 'HUB_UNREACHABLE';
    case 'DOWNLOAD_CERTIFICATE':
      return 'CERTIFICATE_UNTRUSTED';
    case 'DOWNLOAD_CHECKSUM':
      return 'CHECKSUM_MISMATCH';
    case 'DOWNLOAD_DISK_FULL':
      return 'DISK_FULL';
    case 'PACK_EXISTS':
      return 'NAME_TAKEN';
    case 'PACK_NOT_FOUND':
      return 'PACK_UNKNOWN';
    // Not the line: asking again would bring the same answer, so the sentence says what helps.
    case 'DOWNLOAD_NOT_FOUND':
    case 'DOWNLOAD_REFUSED':
    case 'DOWNLOAD_BUSY':
      return 'DOWNLOAD_REFUSED';
    default:
      return code.startsWith('DOWNLOAD_') ? 'NETWORK_FAILED' : 'MODEL_INVALID';
  }
}
