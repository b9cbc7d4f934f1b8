// The functions of the AssemblyScript modules, as the host sees them. All addresses are bytes, all ranges half-open,
// and flags are 1 and 0: a call is a name and numbers, so that threads can tell each other what to do.

/** What builds a lattice. Vertices and weights are [pixels rounded up to 4, corners]. */
interface LatticeCalls {
  beginGaussian: BeginLattice;
  beginBilateral: BeginLattice;
  addGaussian: [width: number, height: number, from: number, to: number, deviationPx: number];
  addBilateral: [
    ...[image: number, width: number, height: number, from: number, to: number],
    ...[deviationPx: number, deviationRgb: number],
  ];
  /** Vertices of the lattice at hand, and the first byte behind the table of them. */
  rowCount: [];
  tableEnd: [];
  /** Where a table lies, for others: keys, rows, shift and row count, u32 each; no rows where there was no room. */
  saveTable: [at: number];
  resumeTable: [at: number];
  /** Looks for another table's keys here, then enters those that are not. */
  findKeys: [record: number, map: number, firstSlot: number, lastSlot: number];
  enterTable: [record: number, map: number];
  renumber: [first: number, last: number, vertexOf: number, map: number];
  listKeys: [keys: number, rows: number];
  linkChains: [
    ...[dimensions: number, axis: number, chains: number, keys: number, rows: number],
    ...[right: number, left: number],
  ];
  splatOnes: [entries: number, vertexOf: number, weightOf: number, rows: number];
  normalise: [
    ...[pixels: number, corners: number, vertexOf: number, weightOf: number],
    ...[rows: number, alpha: number],
  ];
}

/** With the table of vertices from `workspace` on, up to `end` or, where that is 0, as far as it grows. */
type BeginLattice = [
  ...[scales: number, vertexOf: number, weightOf: number, workspace: number],
  ...[log2Capacity: number, end: number],
];

/** What every run needs. */
interface RunCalls {
  takeScratch: [thread: number];
  clearBytes: [at: number, bytes: number];
  copyBytes: [to: number, from: number, bytes: number];
  blurChains1: BlurChains;
  blurChains4: BlurChains;
  blurChains8: BlurChains;
  configure: [
    ...[logits: number, marginals: number, vertices2: number, weights2: number, vertices5: number],
    ...[weights5: number, stride2: number, stride5: number, blocks: number, tail: number],
    ...[pixelWeights: number, rests: number],
  ];
  /** Logits and messages in multiples of `unit`: 1, or ln 2 for the passes with powers of two. */
  measureIn: [unit: number, gaussian: number, bilateral: number, classes: number];
  /** Both answer with the sum of the energies of the class left out, else of the first; NaN when a number is not finite. */
  interleaveUnary: [
    ...[planes: number, width: number, height: number, classes: number, channels: number],
    ...[relative: number, firstRow: number, lastRow: number],
  ];
  interleaveScores: [
    ...[planes: number, width: number, height: number, classes: number, channels: number],
    ...[temperature: number, relative: number, firstRow: number, lastRow: number],
    ...[firstColumn: number, lastColumn: number],
  ];
  boundScores: [relative: number];
  /** Of the logits laid in last. */
  lowestLogit: [];
  highestLogit: [];
  /** Q of classes from `first` on, a multiple of four, to planes [classes, height * width] at the address. */
  planesOfMarginals: [
    ...[planes: number, width: number, height: number, first: number, classes: number],
    ...[channels: number, relative: number, firstColumn: number, lastColumn: number],
  ];
  /** Before shares are read. */
  measureShares: [first: number, last: number, channels: number];
  /** The plane of the class that is left out. */
  restOfMarginals: [
    ...[plane: number, width: number, height: number],
    ...[firstColumn: number, lastColumn: number],
  ];
  /** To bytes [height * width] at the address. */
  winnersOfMarginals: [
    ...[labels: number, width: number, height: number, classes: number, channels: number],
    ...[relative: number, firstColumn: number, lastColumn: number],
  ];
}

type BlurChains = [chains: number, count: number, rows: number];

/** One mean-field iteration over pixels, and the KL divergence. */
interface PassCalls {
  pixelPass1: PixelPass;
  pixelPass4: PixelPass;
  pixelPass8: PixelPass;
  passOneBlock: PixelPass;
  powerPass4: PixelPass;
  powerPassOneBlock: PixelPass;
  pixelPassWide: [first: number, last: number, from2: number, from5: number];
  countEntries: [
    ...[first: number, last: number, vertexOf: number, weightOf: number, vertices: number],
  ];
  sumCounts: [rows: number, vertices: number, parts: number, stride: number];
  listEntries: [
    ...[first: number, last: number, corners: number, vertexOf: number, weightOf: number],
    ...[vertices: number, lists: number, bytes: number],
  ];
  /** Of the listed weights of every vertex, to `ones`. */
  sumWeights: [
    ...[first: number, last: number, vertices: number, parts: number, stride: number],
    ...[lists: number, ones: number],
  ];
  gatherRows: [
    ...[first: number, last: number, vertices: number, lists: number, q: number],
    ...[to: number, stride: number, eights: number, tail: number],
  ];
  /** Blurred rows to rows of 16 bits, which pixels read. */
  narrowRows: [
    ...[first: number, last: number, from: number, stride: number, blocks: number, tail: number],
    ...[to: number, ones: number],
  ];
  /** Answers with the most that all classes together say to a pixel. */
  weighPixels: [first: number, last: number, ones2: number, ones5: number];
  klPass1: [
    ...[first: number, last: number, from2: number, from5: number],
    ...[ones2: number, ones5: number],
  ];
  klPass4: KlPass;
  klPass8: KlPass;
  klPassWide: KlPass;
}

type PixelPass = [
  ...[first: number, last: number, from2: number, from5: number],
  ...[to2: number, to5: number],
];
type KlPass = [first: number, last: number, from2: number, from5: number];

/** Quick edges: where the offsets of the neighbours are and how planes are laid out, then what works on four maps. */
interface NeighbourCalls {
  layNeighbours: [
    ...[offsets: number, count: number, width: number, height: number],
    ...[border: number, stride: number],
  ];
  repeatEdge: [plane: number];
  weighNeighbours: [image: number, planeBytes: number, weights: number, from: number, to: number];
  takeNeighbours: [maps: number, into: number, planeBytes: number, weights: number];
}

/** What each function of the modules takes. */
interface Calls extends LatticeCalls, RunCalls, PassCalls, NeighbourCalls {}

type CallName = keyof Calls;

/** Those that answer with a number. */
type Answering =
  | ('rowCount' | 'tableEnd' | 'linkChains' | 'lowestLogit' | 'highestLogit')
  | ('interleaveUnary' | 'interleaveScores')
  | ('klPass1' | 'klPass4' | 'klPass8' | 'klPassWide' | 'weighPixels');

/** The exports of an instance. */
export type CrfExports = {
  readonly [Name in CallName]: (
    ...numbers: Calls[Name]
  ) => Name extends Answering ? number : undefined;
} & {
  readonly heapBase: { readonly value: number };
  /** Pixels are kept in strips of this many columns, row by row within each. */
  readonly STRIP: { readonly value: number };
};

/** One call of a function, to be made by any thread. */
export type Call = { readonly [Name in CallName]: readonly [Name, ...Calls[Name]] }[CallName];

/** Makes a call; the answer, or 0. */
export function make(code: CrfExports, [name, ...numbers]: Call): number {
  const answer = (code[name] as (...numbers: readonly number[]) => number | undefined)(...numbers);
  return answer ?? 0;
}
