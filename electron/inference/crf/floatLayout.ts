// How the rows of a float32 run lie in memory, and which pass serves them.
import { align, type WasmLattice } from './wasmLattice.ts';
import type { CrfExports, KlPass, PixelPass } from './wasmMemory.ts';
import type { CrfStart } from './wasmRun.ts';

/**
 * Which pass takes the softmax. 'plain' subtracts the largest logit. 'powers' are powers of two without that, for up
 * to eight classes; 'relative' too, for more, with everything relative to a last class that is left out.
 */
export type Form = 'plain' | 'powers' | 'relative';

/** Rows of one lattice, twice. */
export interface Rows {
  readonly lattice: WasmLattice;
  /** Bytes of one block of channels, and of all of them. */
  readonly stride: number;
  readonly bytes: number;
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
  /** Whether a block of four channels follows. */
  readonly tail: boolean;
  /** Channels of a pixel, padding included. */
  readonly channels: number;
  readonly marginals: number;
  readonly rows: readonly [gaussian: Rows, bilateral: Rows];
  readonly end: number;
}

/** From here on one class less and a pass over blocks are faster than one block. */
const MANY_CLASSES = 9;
/** Sum of term weights up to which the messages surely stay in the range of powers of two. */
const MOST_WEIGHT = { powers: 30, relative: 20 };

/** The fastest form that the precision and the weights allow. */
export function wantedForm({ memory, parameters, classes }: CrfStart): Form {
  const weight = parameters.gaussianWeight + parameters.bilateralWeight;
  if (memory.precision === 'exact' || classes < 3) return 'plain';
  const form = classes < MANY_CLASSES ? 'powers' : 'relative';
  return weight <= MOST_WEIGHT[form] ? form : 'plain';
}

/**
 * Whether the logits laid in keep powers of two finite and clear of denormals, whatever the messages add; those of
 * scores do.
 */
export function areInRange(code: CrfExports, form: Form): boolean {
  if (form === 'plain') return true;
  const most = form === 'powers' ? 40 : 17;
  return code.lowestLogit() >= -most && code.highestLogit() <= most;
}

/** Addresses behind the lattices, and the module set up for them. */
export function layOut(
  { memory, lattices, classes }: CrfStart,
  pixels: number,
  form: Form,
): Layout {
  const own = form === 'relative' ? classes - 1 : classes;
  const width = form !== 'relative' && own === 2 ? 1 : form !== 'relative' && own <= 4 ? 4 : 8;
  const over = own % 8;
  const tail = form === 'relative' && over > 0 && over <= 4;
  const blocks = width === 1 ? 1 : tail ? Math.floor(own / 8) : Math.ceil(own / width);
  const channels = width * blocks + (tail ? 4 : 0);

  let top = lattices[1].end;
  const take = (bytes: number) => {
    const at = top;
    top = align(top + bytes);
    return at;
  };
  const logits = take((pixels + 4) * channels * 4);
  const marginals = take((pixels + 4) * Math.max(channels, classes) * 4);
  const totals = form === 'relative' ? take(pixels * 4) : 0;
  const rowsOf = (lattice: WasmLattice): Rows => {
    const stride = align((lattice.rows + 1) * width * 4);
    const bytes = stride * blocks + (tail ? align((lattice.rows + 1) * 16) : 0);
    return { lattice, stride, bytes, splatted: take(bytes), blurred: take(bytes) };
  };
  const rows = [rowsOf(lattices[0]), rowsOf(lattices[1])] as const;
  memory.reserve(top);
  const [gaussian, bilateral] = lattices;
  memory.code.configure(
    logits,
    marginals,
    gaussian.vertexOf,
    gaussian.weightOf,
    bilateral.vertexOf,
    bilateral.weightOf,
    rows[0].stride,
    rows[1].stride,
    blocks,
    tail,
    totals,
  );
  return { form, width, blocks, tail, channels, marginals, rows, end: top };
}

export function passOf(code: CrfExports, { form, width, blocks }: Layout): PixelPass {
  if (form === 'relative') return code.pixelPassWide;
  if (width === 1) return code.pixelPass1;
  if (width === 4) return form === 'powers' ? code.powerPass4 : code.pixelPass4;
  if (blocks > 1) return code.pixelPass8;
  return form === 'powers' ? code.powerPassOneBlock : code.passOneBlock;
}

/** Of more than one channel; less the energies of the class that is left out, if one is. */
export function klPassOf(code: CrfExports, { form, width }: Layout): KlPass {
  if (form === 'relative') return code.klPassWide;
  return width === 4 ? code.klPass4 : code.klPass8;
}
