// Why something failed, as rows keep it: the English sentence, and beside it the code of the error with its data, from
// which a window makes words of its own language. Rows of projects before version 10 have the sentence alone.
import { fromPayload, toPayload, type ErrorPayload } from '../../../api/errors.ts';
import { storedJson } from './storedJson.ts';

/** The columns beside the sentences. */
export const ERRORS = `
ALTER TABLE image ADD COLUMN problem_code TEXT;
ALTER TABLE image ADD COLUMN problem_data TEXT;
ALTER TABLE job ADD COLUMN reason_code TEXT;
ALTER TABLE job ADD COLUMN reason_data TEXT;
ALTER TABLE job_item ADD COLUMN data TEXT;
`;

export interface ErrorColumns {
  readonly message: string;
  readonly code: string | null;
  /** JSON. */
  readonly data: string | null;
}

/** The values of the three columns in this order: message, code, data. */
export const columnsOf = (
  error: ErrorPayload | null,
): [string | null, string | null, string | null] =>
  error === null
    ? [null, null, null]
    : [error.message, error.code, error.data === null ? null : JSON.stringify(error.data)];

/** The error of a row; without a code, or with one of a later version, its sentence stays. Throws PROJECT_DAMAGED with `place`. */
export function errorOf({ message, code, data }: ErrorColumns, place: string): ErrorPayload {
  return toPayload(
    fromPayload({ code, message, data: data === null ? null : storedJson(data, 'any', place) }),
  );
}
