// The names of classes in a data.yaml.
import { parseDocument } from 'yaml';
import { AppError } from '../../../../api/errors.ts';
import { shown } from '../../shown.ts';

/** Names by number from the `names` of a data.yaml. Null without that key; throws what is wrong with them. */
export function parseNames(yaml: string): string[] | null {
  const value = parseYaml(yaml);
  if (!isObject(value) || !('names' in value)) return null;
  const { names } = value;
  // A data set without a class has the key and nothing behind it.
  if (names === '' || names === null) return [];
  if (Array.isArray(names)) return names.map((name, i) => nameOf(name, i));
  if (!isObject(names))
    throw new AppError('IMPORT_INVALID', 'has "names" that are neither a list nor a table');
  const byNumber: string[] = [];
  for (const [key, name] of Object.entries(names)) {
    if (!/^\d{1,5}$/.test(key))
      throw new AppError(
        'IMPORT_INVALID',
        `has the class number ${shown(key)}; expected 0, 1, 2, ...`,
      );
    byNumber[Number(key)] = nameOf(name, Number(key));
  }
  return Array.from(byNumber, (name, i) => name ?? nameOf('', i));
}

/** All scalars as text: a class may be called `yes`, `12` or `1e3`. */
function parseYaml(yaml: string): unknown {
  let why: string;
  try {
    const document = parseDocument(yaml, { schema: 'failsafe', uniqueKeys: false });
    const [fault] = document.errors;
    if (!fault) return document.toJS({ maxAliasCount: 100 });
    why = firstLine(fault);
  } catch (error) {
    // A document that is too deep for the stack, or anchors that would grow without end.
    why = error instanceof RangeError ? 'it is nested too deep' : firstLine(error);
  }
  throw new AppError('IMPORT_INVALID', `is not valid YAML: ${why}`);
}

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!.replace(/:$/, '');
}

function nameOf(value: unknown, number: number): string {
  if (value === null || value === undefined || value === '') return `class ${number}`;
  if (typeof value === 'string') return value;
  throw new AppError('IMPORT_INVALID', `has a name for class ${number} that is no text`);
}
