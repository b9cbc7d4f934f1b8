// A small JSON file read once, parsed by a schema and written whole: settings, recent projects.
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { fileError } from '../../files/fileError.ts';
import { sweepOldParts } from '../../files/parts.ts';
import { writeWhole } from '../../files/wholeFile.ts';

const MAX_BYTES = 4 * 1024 * 1024;

export interface JsonFile<T> {
  value(): T;
  /** Replaces the value; writes are done one after the other, the last one wins. */
  set(value: T): Promise<void>;
}

/**
 * Opens a JSON file. Missing = `fallback`. Unreadable or invalid content is kept aside under
 * `.damaged` and reported, never silently lost.
 */
export async function openJsonFile<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
  fallback: v.InferOutput<Schema>,
  log: (line: string) => void,
): Promise<JsonFile<v.InferOutput<Schema>>> {
  let current = fallback;
  await sweepOldParts(path);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw fileError(error, path);
    return null;
  });
  if (text !== null) {
    const parsed = text.length <= MAX_BYTES ? v.safeParse(schema, parseJson(text)) : null;
    if (parsed?.success) current = parsed.output;
    else {
      await writeWhole(`${path}.damaged`, text, { sync: true });
      log(`${path} could not be read and was set aside as ${path}.damaged; using defaults.`);
    }
  }
  let writing = Promise.resolve();
  return {
    value: () => current,
    set(value) {
      current = value;
      const write = () => writeWhole(path, `${JSON.stringify(value, null, 2)}\n`, { sync: true });
      const done = writing.then(write);
      // The caller sees a failed write; the next one starts regardless.
      writing = done.catch(() => undefined);
      return done;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No schema accepts undefined: the caller sets the file aside.
    return undefined;
  }
}
