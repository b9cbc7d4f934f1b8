// Small text and JSON files beside a model; a size limit stands before every read.
import { ModelError, type ModelErrorCode } from '../errors.ts';
import { openRegular } from './openRegular.ts';
import { foundInsteadOfJson } from './wrongFile.ts';

/** Text of the file at `path`; `name` stands in errors. Throws ModelError. */
export async function readText(path: string, name: string, limitBytes: number): Promise<string> {
  await using file = await openRegular(path, name);
  if (file.size > limitBytes)
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file: name,
      expected: `at most ${limitBytes} bytes`,
      found: `${file.size} bytes`,
    });
  const bytes = await file.read(0, file.size, 'the text');
  try {
    // A byte order mark, which Windows editors put first, is dropped here.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ModelError('MODEL_FILE_DAMAGED', {
      file: name,
      expected: 'UTF-8 text',
      found: 'other bytes',
      cause,
    });
  }
}

/** Parsed JSON of the file at `path`; throws ModelError with `code` when it is no JSON. */
export async function readJson(
  path: string,
  name: string,
  limitBytes: number,
  code: ModelErrorCode = 'MODEL_CONFIG_INVALID',
): Promise<unknown> {
  const json = await readText(path, name, limitBytes);
  try {
    return JSON.parse(json) as unknown;
  } catch (cause) {
    throw new ModelError(code, {
      file: name,
      expected: 'JSON',
      ...foundInsteadOfJson(json),
      cause,
    });
  }
}
