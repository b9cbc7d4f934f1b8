// The WebAssembly half of the dense CRF. The host (wasmCrf.ts) lays out the memory and passes
// byte addresses; nothing here allocates, except the vertex table while a lattice is built.
export { beginGaussian, addGaussian } from './lattice2';
export { beginBilateral, addBilateral } from './lattice5';
import { SCRATCH } from './own';
export { takeScratch } from './own';
export {
  enterTable, findKeys, listKeys, renumber, resumeTable, rowCount, saveTable, tableEnd,
} from './vertexTable';
export { linkChains } from './chains';
export { clearBytes, copyBytes, splatOnes, normalise } from './normalise';
export { blurChains1, blurChains4, blurChains8 } from './blur';
export { STRIP } from './strips';
export { configure, measureIn } from './run';
export { highestLogit, interleaveUnary, lowestLogit } from './layIn';
export { boundScores, interleaveScores } from './scores';
export { measureShares, planesOfMarginals, restOfMarginals, winnersOfMarginals } from './readOut';
export { pixelPass1, klPass1 } from './pixel1';
export { pixelPass4, powerPass4, klPass4 } from './pixel4';
export { passOneBlock, powerPassOneBlock } from './oneBlock';
export { pixelPass8, klPass8 } from './pixel8';
export { countEntries, gatherRows, listEntries, sumCounts, sumWeights } from './gather';
export { layNeighbours, repeatEdge, takeNeighbours, weighNeighbours } from './neighbours';
export { narrowRows } from './narrow';
export { weighPixels } from './pixelWeights';
export { pixelPassWide, klPassWide } from './pixelWide';

/** Instances that may work on one memory. */
const MOST_THREADS: u32 = 16;

/** First byte that the host may use. */
export const heapBase: usize = __heap_base + MOST_THREADS * SCRATCH;
