// Cuts the elements of one name out of a large XML file, one after another, so that memory holds one of
// them. Documents that declare a type are refused: their entities can grow without bounds.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { AppError } from '../../../api/errors.ts';
import { openDataFile } from '../openFile.ts';

const CHUNK_BYTES = 1024 * 1024;
/** Longest text of one element; a picture with its masks has a few hundred thousand characters. */
const MAX_ELEMENT = 64 * 1024 * 1024;
/** A name and a few numbers stand in the first tag of an element. */
const MAX_TAG = 64 * 1024;
const DOCTYPE = /<!(DOCTYPE|ENTITY)/i;

export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

/** Text of every `<name ...>...</name>`, with `rest` for what stands before the first one. */
export async function* xmlElements(
  path: string,
  name: string,
  rest: (text: string) => void = () => undefined,
): AsyncGenerator<string> {
  await using file = await openDataFile(path);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const start = new RegExp(`<${name}(?=[\\s/>])`);
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let buffer = '';
  let isFirst = true;
  for (let ended = false; !ended;) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES);
    ended = bytesRead === 0;
    buffer += decode(decoder, chunk.subarray(0, bytesRead), ended, path);
    for (;;) {
      const at = buffer.search(start);
      if (isFirst && (at >= 0 || ended)) {
        rest(buffer.slice(0, at < 0 ? undefined : at));
        isFirst = false;
      }
      if (DOCTYPE.test(at < 0 ? buffer : buffer.slice(0, at))) throw declaresType(path);
      if (at < 0) {
        // A tag may be cut in two by the end of the chunk.
        if (!isFirst) buffer = buffer.slice(-name.length - 2);
        break;
      }
      const end = elementEnd(buffer, at, name);
      if (end < 0) {
        buffer = buffer.slice(at);
        break;
      }
      yield buffer.slice(at, end);
      buffer = buffer.slice(end);
    }
    if (buffer.length > MAX_ELEMENT)
      throw new AppError(
        'IMPORT_INVALID',
        `one <${name}> has more than ${MAX_ELEMENT} characters: ${path}`,
      );
  }
  if (start.test(buffer))
    throw new AppError(
      'IMPORT_INVALID',
      `the file ends inside <${name}>; it was probably cut off while being written or copied: ${path}`,
    );
}

/** The end of the element that begins at `at`, or -1 when it is not in the text yet. */
function elementEnd(text: string, at: number, name: string): number {
  const end = tagEnd(text, at);
  if (end < 0 || text[end - 2] === '/') return end;
  const close = text.indexOf(`</${name}>`, end);
  return close < 0 ? -1 : close + name.length + 3;
}

/** The end of the tag that begins at `at`, or -1; a `>` inside of quotes does not end it. */
function tagEnd(text: string, at: number): number {
  let quote = '';
  for (let i = at; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '>') return i + 1;
  }
  return -1;
}

/** The first tag of an element as an element of its own, without its children. Throws a RangeError. */
export function emptyElement(text: string): string {
  const tag = text.slice(0, tagEnd(text, 0));
  if (tag.length > MAX_TAG) throw new RangeError(`has a tag of ${tag.length} characters`);
  return tag.endsWith('/>') ? tag : `${tag.slice(0, -1)}/>`;
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
  ended: boolean,
  path: string,
): string {
  try {
    return decoder.decode(bytes, { stream: !ended });
  } catch (cause) {
    throw new AppError('IMPORT_INVALID', `is not UTF-8 text; save it as UTF-8: ${path}`, { cause });
  }
}

const declaresType = (path: string) =>
  new AppError(
    'IMPORT_INVALID',
    `declares a document type (<!DOCTYPE ...>), which is not read; delete that line: ${path}`,
  );

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  preserveOrder: true,
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  // Numbers of characters (&#228;) too.
  htmlEntities: true,
});

/** The element in `text`. Throws a RangeError with the line where it is no XML. */
export function parseXml(text: string): XmlNode {
  if (DOCTYPE.test(text)) throw new RangeError('declares a document type, which is not read');
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    throw new RangeError(`is not valid XML: ${valid.err.msg} (its line ${valid.err.line})`);
  try {
    const [node] = (PARSER.parse(text) as RawNode[]).flatMap(nodeOf);
    if (node) return node;
  } catch (cause) {
    throw new RangeError(`is not valid XML: ${(cause as Error).message}`, { cause });
  }
  throw new RangeError('is no XML element');
}

type RawNode = { readonly [key: string]: unknown };

function nodeOf(raw: RawNode): XmlNode[] {
  const name = Object.keys(raw).find((key) => key !== ':@' && !key.startsWith('#'));
  if (name === undefined) return [];
  const inside = raw[name] as RawNode[];
  return [
    {
      name,
      attributes: (raw[':@'] as Record<string, string> | undefined) ?? {},
      children: inside.flatMap(nodeOf),
      text: inside.map((one) => String(one['#text'] ?? '')).join(''),
    },
  ];
}
