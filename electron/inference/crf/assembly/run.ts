// Addresses and factors of one run, set by the host before the passes.

/** -U / unit per pixel in padded class order ([pixels, width]; one signed number per pixel for two classes). */
export let logits: usize = 0;
/** Q in the same layout (q1 - q0 for two classes). */
export let marginals: usize = 0;
/** Gaussian lattice: corner rows u32[pixels, 3], weights f32[pixels, 3]. */
export let vertices2: usize = 0;
export let weights2: usize = 0;
/** Bilateral lattice: corner rows u32[pixels, 6], weights f32[pixels, 6]. */
export let vertices5: usize = 0;
export let weights5: usize = 0;
/** Term weight times alpha of each lattice, over the unit. */
export let factor2: f32 = 0;
export let factor5: f32 = 0;
/** Bytes from one block of eight channels to the next. */
export let stride2: usize = 0;
export let stride5: usize = 0;
/** Blocks of eight channels, and whether one of four follows them. */
export let blocks: i32 = 0;
export let hasTail: bool = false;
/** Where a class is left out: what pixelWeights.ts keeps of each pixel, and the share of that class, u16[pixels]. */
export let pixelWeights: usize = 0;
export let rests: usize = 0;
/** What a logit of 1 stands for: 1, or ln 2 where powers of two take the place of exponentials. */
export let unit: f32 = 1;
/** Logit of the channels that pad a row. */
export let padding: f32 = 0;
/** All ones in the channels of the last four that are classes. */
export let lastClasses: v128 = i32x4.splat(0);

export function configure(
  logitsAt: usize,
  marginalsAt: usize,
  vertices2At: usize,
  weights2At: usize,
  vertices5At: usize,
  weights5At: usize,
  bytes2: usize,
  bytes5: usize,
  blockCount: i32,
  tail: bool,
  pixelWeightsAt: usize,
  restsAt: usize,
): void {
  logits = logitsAt;
  marginals = marginalsAt;
  vertices2 = vertices2At;
  weights2 = weights2At;
  vertices5 = vertices5At;
  weights5 = weights5At;
  stride2 = bytes2;
  stride5 = bytes5;
  blocks = blockCount;
  hasTail = tail;
  pixelWeights = pixelWeightsAt;
  rests = restsAt;
}

/** `gaussian` and `bilateral`: term weight times alpha. The unit is 1 or ln 2; `classes` are those that are laid in. */
export function measureIn(newUnit: f32, gaussian: f32, bilateral: f32, classes: u32): void {
  unit = newUnit;
  factor2 = gaussian / newUnit;
  factor5 = bilateral / newUnit;
  // Far below every real class. Powers of two take no less than -100; their padding is masked as well.
  padding = newUnit == 1 ? -f32.MAX_VALUE : <f32>-100;
  lastClasses = i32x4.gt_s(i32x4.splat(((classes - 1) & 3) + 1), i32x4(0, 1, 2, 3));
}
