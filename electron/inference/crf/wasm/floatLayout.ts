// How the rows of a float32 run lie in memory, and which pass serves them.
import { align, tellAll } from './site.ts';
import type { WasmLattice } from './wasmLattice.ts';
import type { CrfStart } from './wasmRun.ts';

/**
 * Which pass takes the softmax: 'plain' subtracts the largest logit, 'powers' are powers of two without that, for up to
 * eight classes.
 */
export type Form = 'plain' | 'powers';

/** Rows of one lattice, twice. */
export interface Rows {
  readonly lattice: WasmLattice;
  /** Bytes of one block of channels. */
  readonly stride: number;
  /** The splat of the present Q, kept from one iteration to the next. */
  readonly splatted: number;
  /** A copy of it to blur. */
  readonly blurred: number;
}

export interface Layout {
  readonly form: Form;
  /** Channels per row of a block: 1 signed one for two classes, 4 for three and four, else 8. */
  readonly width: 1 | 4 | 8;
  readonly blocks: number;
  /** Channels of a pixel, padding included. */
  readonly channels: number;
  readonly marginals: number;
  readonly rows: readonly [gaussian: Rows, bilateral: Rows];
  /** The rows to blur of both lattices, which lie last. */
  readonly scratch: { readonly at: number; readonly bytes: number };
  readonly end: number;
}

/** Classes that stay in registers. */
const MOST_CLASSES = 8;
/** Sum of term weights up to which the messages surely stay in the range of powers of two. */
const MOST_WEIGHT = 30;
/** Logits up to which they do, clear of denormals; those of scores are below. */
export const MOST_LOGIT = 40;

/** The fastest form that the precision and the weights allow. */
export function wantedForm({ site: { memory }, parameters, classes }: CrfStart): Form {
  const weight = parameters.gaussianWeight + parameters.bilateralWeight;
  const may = memory.precision === 'fast' && classes > 2 && classes <= MOST_CLASSES;
  return may && weight <= MOST_WEIGHT ? 'powers' : 'plain';
}

/** Addresses behind the lattices, and the module set up for them. */
export function layOut(
  { site: { memory }, lattices, classes }: CrfStart,
  pixels: number,
  form: Form,
): Layout {
  const width = classes === 2 ? 1 : classes <= 4 ? 4 : 8;
  const blocks = width === 1 ? 1 : Math.ceil(classes / width);
  const channels = width * blocks;

  let top = lattices[1].end;
  const take = (bytes: number) => {
    const at = top;
    top = align(top + bytes);
    return at;
  };
  const logits = take((pixels + 4) * channels * 4);
  const marginals = take((pixels + 4) * Math.max(channels, classes) * 4);
  const [stride2, stride5] = lattices.map(({ rows }) => align((rows + 1) * width * 4)) as [
    number,
    number,
  ];
  const splatted = [take(stride2 * blocks), take(stride5 * blocks)] as const;
  const blurred = [take(stride2 * blocks), take(stride5 * blocks)] as const;
  const rows = [
    { lattice: lattices[0], stride: stride2, splatted: splatted[0], blurred: blurred[0] },
    { lattice: lattices[1], stride: stride5, splatted: splatted[1], blurred: blurred[1] },
  ] as const;
  const scratch = { at: blurred[0], bytes: top - blurred[0] };
  memory.reserve(top);
  const [gaussian, bilateral] = lattices;
  tellAll(memory, [
    ...(['configure', logits, marginals, gaussian.vertexOf, gaussian.weightOf] as const),
    ...([bilateral.vertexOf, bilateral.weightOf, stride2, stride5, blocks, 0, 0, 0] as const),
  ]);
  return { form, width, blocks, channels, marginals, rows, scratch, end: top };
}

/** The call that does one iteration. */
export function passOf({ form, width, blocks }: Layout) {
  if (width === 1) return 'pixelPass1';
  if (width === 4) return form === 'powers' ? 'powerPass4' : 'pixelPass4';
  if (blocks > 1) return 'pixelPass8';
  return form === 'powers' ? 'powerPassOneBlock' : 'passOneBlock';
}
