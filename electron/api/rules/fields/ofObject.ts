// What holds of one object: the values that count, what is missing, what no field asks for, which marks are on.
import type { Box } from '../../types.ts';
import type { Details, Field, FieldValue, Mark } from './fields.ts';

/** The value of a field: what was set, else the field's default. */
export function valueOf(details: Details | undefined, field: Field): FieldValue | undefined {
  const values = details?.values;
  return values && Object.hasOwn(values, field.name) ? values[field.name] : field.default;
}

/** Needed fields that an object does not have. A tick that is not set is off, so it never misses. */
export function missingFields(
  fields: readonly Field[],
  details: Details | undefined,
): readonly Field[] {
  return fields.filter(
    (field) => field.needed && field.kind !== 'tick' && isEmpty(valueOf(details, field)),
  );
}

const isEmpty = (value: FieldValue | undefined): boolean => value === undefined || value === '';

/** Values of names that the class has no field for: a file brought them. */
export function strangeValues(
  fields: readonly Field[],
  details: Details | undefined,
): readonly (readonly [string, FieldValue])[] {
  const known = new Set(fields.map(({ name }) => name));
  return Object.entries(details?.values ?? {}).filter(([name]) => !known.has(name));
}

/** Whether a mark holds. An object that touches the border is cut off unless somebody says otherwise. */
export function isMarked(
  mark: Mark,
  details: Details | undefined,
  object: { readonly box: Box; readonly mask: { readonly width: number; readonly height: number } },
): boolean {
  return details?.marks?.[mark] ?? (mark === 'cut' && touchesBorder(object.box, object.mask));
}

function touchesBorder(
  [x, y, width, height]: Box,
  image: { readonly width: number; readonly height: number },
): boolean {
  return x <= 0 || y <= 0 || x + width >= image.width || y + height >= image.height;
}
