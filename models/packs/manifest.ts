// pack.json: the files of a model pack and how to use its model. A manifest may come from anywhere, so each
// field is checked, and file names may not leave the pack's folder.
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { ModelError, shown } from '../errors.ts';
import { foundInsteadOfJson } from '../files/wrongFile.ts';
import { whyNotContained } from '../files/contained.ts';

/** Name of the manifest inside a pack folder. */
export const MANIFEST_FILE = 'pack.json';
/** Version of the format; grows when older programs could misread newer packs. */
export const SCHEMA_VERSION = 1;
/** Longest pack.json read. Bytes. */
export const MAX_MANIFEST_BYTES = 1024 * 1024;

const fileName = v.pipe(
  v.string(),
  v.check(
    // Flat on purpose: a folder inside the pack could be a link to somewhere else.
    (name) =>
      whyNotContained(name) === null && !name.includes('/') && name.toLowerCase() !== MANIFEST_FILE,
    'a plain file name',
  ),
);
const text = (longest: number) => v.pipe(v.string(), v.maxLength(longest));
const rgb = v.tuple([v.number(), v.number(), v.number()]);
const positive = v.pipe(v.number(), v.gtValue(0), v.maxValue(100));
/** A count from 0; JSON can say -0, which equals 0 everywhere but in comparisons of identity. */
const countUpTo = (most: number) =>
  v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0),
    v.maxValue(most),
    v.transform((count) => count + 0),
  );

const oneBased = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000));
const several = v.pipe(v.array(oneBased), v.minLength(1), v.maxLength(64));

const MANIFEST = v.strictObject({
  schemaVersion: v.literal(SCHEMA_VERSION),
  /** Folder name in the store and name on the command line. */
  id: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/, 'a short lower-case id'),
  ),
  name: v.pipe(text(120), v.minLength(1)),
  /** 'itm' explains and paints; 'clip' only judges while tuning; 'segment' makes masks of clicks. */
  kind: v.picklist(['itm', 'clip', 'segment']),
  family: text(60),
  /** What it is good for, in a sentence. */
  purpose: text(400),
  licence: text(120),
  notes: text(2000),
  /** Where the files were fetched from; null for a local folder. */
  source: v.nullable(v.strictObject({ repo: text(200), revision: text(100) })),
  /** Parameters of the model, without momentum copies. */
  parameters: countUpTo(Number.MAX_SAFE_INTEGER),
  files: v.pipe(
    v.array(
      v.strictObject({
        path: fileName,
        bytes: countUpTo(2 ** 50),
        sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')),
      }),
    ),
    v.minLength(1),
    v.maxLength(2000),
  ),
  /** A checkpoint, or the index of its shards. */
  weights: fileName,
  /** Null where the weights tell everything (original .pth files). */
  config: v.nullable(fileName),
  /** Null for models that read no words. */
  tokenizer: v.nullable(
    v.strictObject({
      kind: v.picklist(['wordpiece', 'byte-bpe']),
      file: fileName,
      /** Captions end with the separator; left out: as the family says. Copies of one model may differ. */
      separator: v.exactOptional(v.boolean()),
    }),
  ),
  preprocessing: v.strictObject({
    mean: rgb,
    std: v.tuple([positive, positive, positive]),
    resize: v.picklist(['bicubic', 'bilinear']),
    /** How a click model's square is filled: scaled and padded, unless squeezed and stretched in range. */
    frame: v.optional(v.literal('squeeze-minmax')),
  }),
  /** How this model is used best; null for models that explain nothing. */
  defaults: v.nullable(
    v.strictObject({
      /** As people count: the first layer is 1. Maps of several layers are scaled and added. */
      layers: several,
      /** As people count, or the mean of all. */
      heads: v.union([v.literal('mean'), several]),
      /** Words before the class names. */
      prefix: text(200),
      /** Other parameters of a run by dotted name, e.g. "masks.threshold". */
      parameters: v.record(
        v.pipe(v.string(), v.regex(/^[a-z]{1,20}\.[a-zA-Z]{1,40}$/, 'a parameter name')),
        v.union([v.number(), v.boolean(), text(200)]),
      ),
    }),
  ),
});

/** A checked pack.json. */
export type PackManifest = Readonly<v.InferOutput<typeof MANIFEST>>;
export type PackDefaults = NonNullable<PackManifest['defaults']>;

/** Parses the text of a pack.json; throws PACK_INVALID naming field, expectation and value. */
export function parseManifest(json: string): PackManifest {
  const file = MANIFEST_FILE;
  let raw: unknown;
  try {
    raw = JSON.parse(json);
  } catch (cause) {
    throw new ModelError('PACK_INVALID', {
      file,
      expected: 'JSON',
      ...foundInsteadOfJson(json),
      cause,
    });
  }
  const newer = (raw as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof newer === 'number' && newer > SCHEMA_VERSION)
    throw new ModelError('PACK_INVALID', {
      file,
      expected: `a pack of version ${SCHEMA_VERSION}`,
      found: `version ${newer}`,
      fix: 'Update Salience to use this pack',
    });
  const parsed = v.safeParse(MANIFEST, raw);
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new ModelError('PACK_INVALID', {
      file,
      expected: `${v.getDotPath(issue) ?? 'pack.json'} to be ${said(issue)}`,
      found: issue.received,
      fix: 'Remove it and get it again under Models, or build it again with "salience pack build" on the command line',
    });
  }
  checkReferences(parsed.output, file);
  return parsed.output;
}

/** The text of a pack.json; the same manifest gives the same text. */
export function manifestText(manifest: PackManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * Identity for caches, 64 hexadecimal digits: changes with anything that changes what the model
 * computes, not with names, notes or defaults.
 */
export function packHash(manifest: PackManifest): string {
  const { schemaVersion, kind, family, files, weights, config, tokenizer, preprocessing } =
    manifest;
  const contents = files.map(({ path, sha256 }) => `${path} ${sha256}`).sort();
  const identity = [
    schemaVersion,
    kind,
    family,
    contents,
    weights,
    config,
    tokenizer,
    preprocessing,
  ];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

// The sentence given above for own checks, valibot's name of the type for all others.
function said(issue: v.BaseIssue<unknown>): string {
  const own = issue.type === 'regex' || issue.type === 'check';
  return own ? issue.message : (issue.expected ?? issue.message);
}

// Two names that differ only in case are one file on most Windows and Mac disks.
function checkReferences(manifest: PackManifest, file: string): void {
  const known = new Set<string>();
  for (const { path } of manifest.files) {
    if (known.has(path.toLowerCase()))
      throw new ModelError('PACK_INVALID', {
        file,
        expected: 'every file once',
        found: shown(path),
      });
    known.add(path.toLowerCase());
  }
  if ((manifest.tokenizer === null) !== (manifest.kind === 'segment'))
    throw new ModelError('PACK_INVALID', {
      file,
      expected:
        manifest.kind === 'segment'
          ? 'no tokenizer: a click model reads no words'
          : 'a tokenizer for a model that reads words',
      found: manifest.tokenizer === null ? 'none' : shown(manifest.tokenizer.file),
    });
  const named = [
    manifest.weights,
    ...(manifest.tokenizer ? [manifest.tokenizer.file] : []),
    ...(manifest.config ? [manifest.config] : []),
  ];
  for (const path of named)
    if (!manifest.files.some((one) => one.path === path))
      throw new ModelError('PACK_INVALID', {
        file,
        expected: 'weights, config and tokenizer to be listed under files',
        found: shown(path),
      });
}
