// XML files that exports write: two spaces for each level, attributes under names that start with "@".
import { XMLBuilder } from 'fast-xml-parser';

/** XML 1.0 has no way to write these; U+FFFD stands in for them. */
// eslint-disable-next-line no-control-regex -- the characters are what it is about
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** A value as text that an XML can hold. */
export const writable = (value: unknown) => String(value).replace(UNWRITABLE, '\ufffd');

const builder = new XMLBuilder({
  format: true,
  indentBy: '  ',
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  tagValueProcessor: (_name, value) => writable(value),
  attributeValueProcessor: (_name, value) => writable(value),
});

/** One element by its name, with what is in it; lists repeat an element. */
export function xmlText(element: { readonly [name: string]: unknown }): string {
  return builder.build(element);
}
