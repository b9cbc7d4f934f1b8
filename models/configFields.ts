// Reading config.json: every number is in a sane range and agrees with the weights, or the error
// names the field. A config that lies gives plausible but wrong maps.
import * as v from 'valibot';
import { ModelError, shown } from './errors.ts';
import type { TensorRef, WeightIndex } from './family.ts';

const CONFIG_FILE = 'config.json';

/** The numbers of one stack of layers. */
export interface Tower {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly mlpWidth: number;
  /** Added to variances before the square root. */
  readonly epsilon: number;
}

/** A size or a number of things. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
/** What is added to variances. */
export const epsilon = v.pipe(v.number(), v.gtValue(0), v.maxValue(0.01));

/** Parses `config`; `fixes` says per field what a person can do when it does not fit. */
export function parseConfig<S extends v.GenericSchema>(
  schema: S,
  config: unknown,
  fixes: Readonly<Record<string, string>> = {},
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, config);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = issue.path?.map((part) => String(part.key)).join('.') ?? 'the config';
  throw wrongField(
    field,
    issue.expected ?? 'a value that fits',
    shown(issue.received),
    fixes[field],
  );
}

/** Throws unless a field states what the weights show. */
export function agree(field: string, given: number, measured: number): void {
  if (given !== measured)
    throw wrongField(field, `${measured}, as the weights have it`, String(given));
}

/** The same of every field that the config states: its name, what it says, what the weights show. */
export function agreeAll(
  stated: readonly (readonly [string, number | undefined, number | undefined])[],
): void {
  for (const [field, given, measured] of stated)
    if (given !== undefined && measured !== undefined) agree(field, given, measured);
}

/** The number of heads that `field` states, a divisor of `width`. */
export function headsOf(field: string, given: number, width: number): number {
  if (width % given !== 0)
    throw wrongField(field, `a divisor of the width ${width}`, String(given));
  return given;
}

/** The number of heads where no config states it: published models have heads of this width. */
export function headsOfWidth(width: number, headWidth = 64): number {
  if (width % headWidth === 0) return width / headWidth;
  throw wrongField(
    'num_attention_heads',
    `a number for the width ${width}, which is no multiple of ${headWidth}`,
    'no config.json',
    'Put the config.json of this model beside its weights',
  );
}

/** The error for a field of config.json. */
export function wrongField(
  field: string,
  expected: string,
  found: string,
  fix = 'Use the config.json that came with these weights',
): ModelError {
  return new ModelError('MODEL_CONFIG_INVALID', {
    file: CONFIG_FILE,
    expected: `${field} = ${expected}`,
    found,
    fix,
  });
}

/** A tensor whose sides tell sizes: of `rank` axes, none empty. `model` names what was expected. */
export function rankedTensor(
  weights: WeightIndex,
  name: string,
  rank: number,
  model: string,
): TensorRef {
  const ref = weights.get(name);
  if (!ref)
    throw new ModelError('MODEL_TENSOR_MISSING', {
      tensor: name,
      expected: `the tensor with ${rank} axes, as ${model} has it`,
      found: 'no such tensor',
      fix: `Use a checkpoint of ${model}`,
    });
  if (ref.shape.length !== rank || ref.shape.includes(0))
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      file: ref.file,
      tensor: name,
      expected: `${rank} axes, none of them empty`,
      found: `[${ref.shape.join(', ')}]`,
    });
  return ref;
}

/** Patches per side of a position table of `rows` rows: a class token and a square grid. */
export function gridSide(table: TensorRef, rows: number): number {
  const side = Math.round(Math.sqrt(rows - 1));
  if (side < 1 || side * side !== rows - 1)
    throw new ModelError('MODEL_TENSOR_SHAPE', {
      file: table.file,
      tensor: table.name,
      expected: 'one row for the class token and a square grid of rows',
      found: `${rows} rows`,
    });
  return side;
}

/**
 * How many layers lie under `prefix` ("encoder.layer."): one more than the highest number, so that a
 * layer with a hole in it is found missing instead of ending the count.
 */
export function countLayers(weights: WeightIndex, prefix: string): number {
  let layers = 0;
  for (const name of weights.keys()) {
    if (!name.startsWith(prefix)) continue;
    const number = /^\d{1,6}(?=\.)/.exec(name.slice(prefix.length))?.[0];
    if (number !== undefined) layers = Math.max(layers, Number(number) + 1);
  }
  return layers;
}
