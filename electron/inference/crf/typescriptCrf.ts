// Dense CRF in plain TypeScript: every step as the formula says, one array after the other.
// Slow on purpose; tests and benches hold the WASM version against it.
import { throwIfStopped, type Crf } from './crf.ts';
import { bilateralFeatures, gaussianFeatures } from './features.ts';
import { argmaxPlanes } from './labels.ts';
import { buildLattice, filterLattice, type Lattice } from './lattice.ts';
import {
  checkCrfInput,
  checkScores,
  checkUnary,
  type CrfParameters,
  type RgbImage,
} from './parameters.ts';
import { unaryFromScores } from './unary.ts';

/** Probabilities below e^-50 count as zero in both implementations: they would be denormal soon. */
const SMALLEST_LOG_PROBABILITY = -50;

interface PairwiseTerm {
  readonly weight: number;
  readonly lattice: Lattice;
  /** [N] 1 / sqrt(K 1 + 1e-20): the symmetric normalisation. */
  readonly norm: Float32Array;
}

/** What a start sets and steps change: [N, classes], row-major, so the classes of one pixel lie together. */
interface Field {
  readonly classes: number;
  readonly negativeUnary: Float32Array;
  q: Float32Array;
  iteration: number;
}

/** Builds both lattices of `image`. Throws a RangeError on input that cannot be used. */
export function createTypescriptCrf(image: RgbImage, parameters: CrfParameters): Crf {
  checkCrfInput(image, parameters);
  const pixels = image.width * image.height;
  let terms: readonly PairwiseTerm[] | null = [
    createTerm(gaussianFeatures(image, parameters), 2, parameters.gaussianWeight),
    createTerm(bilateralFeatures(image, parameters), 5, parameters.bilateralWeight),
  ];
  let field: Field | null = null;

  function alive(): readonly PairwiseTerm[] {
    if (!terms) throw new Error('This CRF was disposed; create a new one');
    return terms;
  }
  function started(): Field {
    alive();
    if (!field) throw new Error('This CRF has no unary; call start first');
    return field;
  }

  return {
    width: image.width,
    height: image.height,
    get iteration() {
      return field?.iteration ?? -1;
    },
    start(unary, classes) {
      alive();
      checkUnary(unary, classes, pixels);
      const negativeUnary = rowsOf(
        unary.map((energy) => -energy),
        classes,
      );
      field = { classes, negativeUnary, q: softmaxRows(negativeUnary, classes), iteration: 0 };
    },
    startFromScores(scores, classes, temperature) {
      checkScores(scores, classes, pixels, temperature);
      this.start(unaryFromScores(scores, classes, temperature), classes);
    },
    step(shouldStop) {
      const present = started();
      const { negativeUnary, q, classes } = present;
      const logits = negativeUnary.slice();
      for (const term of alive()) {
        throwIfStopped(shouldStop);
        addInPlace(logits, messages(term, q, classes));
      }
      throwIfStopped(shouldStop);
      present.q = softmaxRows(logits, classes);
      present.iteration++;
    },
    q(planes) {
      const { q, classes } = started();
      return planesOf(q, classes, planes);
    },
    winners() {
      return argmaxPlanes(this.q(), started().classes);
    },
    kl: () => divergence(started(), alive()),
    dispose() {
      terms = null;
      field = null;
    },
  };
}

/** [classes, N] to [N, classes]. */
function rowsOf(planes: Float32Array, classes: number): Float32Array {
  const pixels = planes.length / classes;
  const rows = new Float32Array(planes.length);
  for (let c = 0; c < classes; c++)
    for (let pixel = 0; pixel < pixels; pixel++)
      rows[pixel * classes + c] = planes[c * pixels + pixel] as number;
  return rows;
}

/** [N, classes] to [classes, N]. */
function planesOf(
  rows: Float32Array,
  classes: number,
  planes: Float32Array = new Float32Array(rows.length),
): Float32Array {
  const pixels = rows.length / classes;
  for (let c = 0; c < classes; c++)
    for (let pixel = 0; pixel < pixels; pixel++)
      planes[c * pixels + pixel] = rows[pixel * classes + c] as number;
  return planes;
}

/** KL divergence of Q from the CRF's distribution, up to the constant ln Z. */
function divergence({ negativeUnary, q, classes }: Field, terms: readonly PairwiseTerm[]): number {
  const agreement = new Float32Array(q.length);
  for (const term of terms) addInPlace(agreement, messages(term, q, classes));
  let sum = 0;
  for (let at = 0; at < q.length; at++) {
    const p = q[at] as number;
    const energy = -(negativeUnary[at] as number) - (agreement[at] as number);
    sum += p * (Math.log(Math.max(p, 1e-20)) + energy);
  }
  return sum;
}

function createTerm(features: Float32Array, dimensions: number, weight: number): PairwiseTerm {
  const lattice = buildLattice(features, dimensions);
  const norm = filterLattice(lattice, new Float32Array(lattice.pixels).fill(1), 1);
  for (let pixel = 0; pixel < norm.length; pixel++)
    norm[pixel] = 1 / Math.sqrt((norm[pixel] as number) + 1e-20);
  return { weight, lattice, norm };
}

/** What the neighbours say in favour of each class: weight * n K (n q), [N, classes]. */
function messages(term: PairwiseTerm, q: Float32Array, classes: number): Float32Array {
  const { weight, lattice, norm } = term;
  const filtered = filterLattice(lattice, scaleRows(q, norm, classes, 1), classes);
  return scaleRows(filtered, norm, classes, weight);
}

function scaleRows(rows: Float32Array, norm: Float32Array, classes: number, weight: number) {
  const scaled = new Float32Array(rows.length);
  for (let pixel = 0; pixel < norm.length; pixel++) {
    const factor = (norm[pixel] as number) * weight;
    for (let c = 0; c < classes; c++)
      scaled[pixel * classes + c] = (rows[pixel * classes + c] as number) * factor;
  }
  return scaled;
}

function addInPlace(target: Float32Array, addend: Float32Array): void {
  for (let at = 0; at < target.length; at++)
    target[at] = (target[at] as number) + (addend[at] as number);
}

/** Softmax of every row of [N, classes]. */
function softmaxRows(logits: Float32Array, classes: number): Float32Array<ArrayBuffer> {
  const probabilities = new Float32Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let highest = -Infinity;
    for (let c = 0; c < classes; c++) highest = Math.max(highest, logits[row + c] as number);
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      const below = (logits[row + c] as number) - highest;
      const value = below < SMALLEST_LOG_PROBABILITY ? 0 : Math.exp(below);
      probabilities[row + c] = value;
      sum += value;
    }
    for (let c = 0; c < classes; c++)
      probabilities[row + c] = (probabilities[row + c] as number) / sum;
  }
  return probabilities;
}
