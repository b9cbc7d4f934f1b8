// The functions of the AssemblyScript modules, as the host sees them.

/** What the AssemblyScript module exports; all addresses are bytes, all ranges half-open in pixels. */
export interface CrfExports {
  readonly heapBase: { readonly value: number };
  /** Pixels are kept in strips of this many columns, row by row within each. */
  readonly STRIP: { readonly value: number };
  beginGaussian: BeginLattice;
  beginBilateral: BeginLattice;
  addGaussian(width: number, height: number, from: number, to: number, deviationPx: number): void;
  addBilateral(
    image: number,
    width: number,
    height: number,
    from: number,
    to: number,
    deviationPx: number,
    deviationRgb: number,
  ): void;
  /** Vertices of the lattice begun last, and the first byte behind the table of them. */
  rowCount(): number;
  tableEnd(): number;
  listKeys(keys: number, rows: number): void;
  linkChains(
    dimensions: number,
    axis: number,
    chains: number,
    keys: number,
    rows: number,
    right: number,
    left: number,
  ): number;
  splatOnes(entries: number, vertexOf: number, weightOf: number, rows: number): void;
  normalise(
    pixels: number,
    corners: number,
    vertexOf: number,
    weightOf: number,
    rows: number,
    alpha: number,
  ): void;
  blurChains1: BlurChains;
  blurChains4: BlurChains;
  blurChains8: BlurChains;
  configure(
    logits: number,
    marginals: number,
    vertices2: number,
    weights2: number,
    vertices5: number,
    weights5: number,
    stride2: number,
    stride5: number,
    blocks: number,
    tail: boolean,
    totals: number,
  ): void;
  /** Logits and messages in multiples of `unit`: 1, or ln 2 for the passes with powers of two. */
  measureIn(unit: number, gaussian: number, bilateral: number, classes: number): void;
  /** Both answer with the sum of the energies of the class left out, else of the first; NaN when a number is not finite. */
  interleaveUnary(
    planes: number,
    width: number,
    height: number,
    classes: number,
    channels: number,
    relative: boolean,
  ): number;
  interleaveScores(
    planes: number,
    width: number,
    height: number,
    classes: number,
    channels: number,
    temperature: number,
    relative: boolean,
  ): number;
  /** Of the logits laid in last. */
  lowestLogit(): number;
  highestLogit(): number;
  /** Q of classes from `first` on, a multiple of four, to planes [classes, height * width] at the address. */
  planesOfMarginals(
    planes: number,
    width: number,
    height: number,
    first: number,
    classes: number,
    channels: number,
  ): void;
  /** The plane of the class that is left out. */
  restOfMarginals(plane: number, width: number, height: number, channels: number): void;
  /** To bytes [height * width] at the address. */
  winnersOfMarginals(
    labels: number,
    width: number,
    height: number,
    classes: number,
    channels: number,
    relative: boolean,
  ): void;
  /** For the three that follow: where the offsets of the neighbours are, and how planes are laid out. */
  layNeighbours(
    offsets: number,
    count: number,
    width: number,
    height: number,
    border: number,
    stride: number,
  ): void;
  repeatEdge(plane: number): void;
  weighNeighbours(
    image: number,
    planeBytes: number,
    weights: number,
    from: number,
    to: number,
  ): void;
  /** Four maps. */
  takeNeighbours(maps: number, into: number, planeBytes: number, weights: number): void;
  pixelPass1: PixelPass;
  pixelPass4: PixelPass;
  pixelPass8: PixelPass;
  passOneBlock: PixelPass;
  powerPass4: PixelPass;
  powerPassOneBlock: PixelPass;
  pixelPassWide(first: number, last: number, from2: number, from5: number): void;
  countEntries(first: number, last: number, vertexOf: number, starts: number): void;
  sumCounts(rows: number, starts: number): void;
  listEntries(
    first: number,
    last: number,
    corners: number,
    vertexOf: number,
    weightOf: number,
    starts: number,
    lists: number,
  ): void;
  gatherRows(
    first: number,
    last: number,
    starts: number,
    lists: number,
    q: number,
    bytes: number,
    to: number,
    stride: number,
    eights: number,
    tail: boolean,
  ): void;
  /** What all classes together say, to the totals of the run. */
  totalMessages(first: number, last: number, ones2: number, ones5: number): void;
  klPass1(
    first: number,
    last: number,
    from2: number,
    from5: number,
    ones2: number,
    ones5: number,
  ): number;
  klPass4: KlPass;
  klPass8: KlPass;
  klPassWide: KlPass;
}

/** With the table of vertices from `workspace` on; the arrays are [pixels rounded up to 4, corners]. */
export type BeginLattice = (
  scales: number,
  vertexOf: number,
  weightOf: number,
  workspace: number,
  log2Capacity: number,
) => void;
export type BlurChains = (chains: number, count: number, rows: number) => void;
export type PixelPass = (
  first: number,
  last: number,
  from2: number,
  from5: number,
  to2: number,
  to5: number,
) => void;
export type KlPass = (first: number, last: number, from2: number, from5: number) => number;
