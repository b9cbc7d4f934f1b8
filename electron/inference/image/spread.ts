// Samples that hold more than 8 bits, spread over 0-255 by the range that was measured: pixels without
// data and far outliers would else leave two levels for everything that people look at.

/** One value at the end of the range leaves it when what remains is this many times smaller. */
const FAR = 10;
/** At most this many values are taken for "no data" at either end: -9999 and -32768, for example. */
const MAX_VALUES_LEFT_OUT = 2;
/** Fewer samples have no percentiles that mean anything. */
const MIN_FOR_PERCENTILES = 1000;
const MAX_SORTED = 1_000_000;
const TAIL = 0.005;

export interface Samples {
  /** [pixels, channels]; with `hasAlpha` the last channel is opacity. */
  readonly values: Float32Array | Uint16Array | Int16Array;
  readonly channels: number;
  readonly hasAlpha: boolean;
  /** Opacity of a pixel that hides what is behind it. */
  readonly opaque: number;
  readonly noData: number | null;
}

export interface Spread {
  readonly rgb: Uint8Array;
  /** Samples that became 0 and 255. */
  readonly range: readonly [number, number];
  /** The range, and what was left out of it, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Spreads samples by one range for all channels; a lone channel becomes grey. Samples that are not
 * finite, or that the file calls "no data", become 0; what lies outside the range becomes 0 or 255;
 * transparent pixels become white.
 */
export function spread(samples: Samples): Spread {
  const { values, channels, hasAlpha, opaque } = samples;
  const { lowest, highest, notes } = rangeOf(samples);
  const empty = samples.noData === null ? NaN : Math.fround(samples.noData);
  const colours = coloursOf(samples);
  const scale = 255 / Math.max(highest - lowest, 1e-30);
  const pixels = values.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const opacity = hasAlpha ? values[pixel * channels + channels - 1]! / opaque : 1;
    for (let channel = 0; channel < 3; channel++) {
      const value = values[pixel * channels + (colours === 3 ? channel : 0)]!;
      const seen =
        Number.isFinite(value) && value !== empty
          ? Math.min(255, Math.max(0, (value - lowest) * scale))
          : 0;
      rgb[pixel * 3 + channel] = Math.round(seen * opacity + 255 * (1 - opacity));
    }
  }
  const left = notes.map((note) => `Left out of the range: ${note}.`);
  const told = `Samples from ${shown(lowest)} to ${shown(highest)} are shown as 0 to 255.`;
  return { rgb, range: [lowest, highest], notes: [told, ...left] };
}

const coloursOf = ({ channels, hasAlpha }: Samples) => (channels - Number(hasAlpha) >= 3 ? 3 : 1);

interface Range {
  readonly lowest: number;
  readonly highest: number;
  readonly notes: readonly string[];
}

function rangeOf(samples: Samples): Range {
  const skip = new Set<number>();
  if (samples.noData !== null) skip.add(Math.fround(samples.noData));
  let ends = endsOf(samples, skip);
  const notes: string[] = [];
  if (samples.noData !== null && ends.skipped > 0)
    notes.push(`${count(ends.skipped)} samples of ${samples.noData}, the file's "no data" value`);
  for (let i = 0; i < 2 * MAX_VALUES_LEFT_OUT; i++) {
    const { lowest, second, secondHighest, highest } = ends;
    const all = highest - lowest;
    const value =
      all > FAR * (highest - second) && second < secondHighest
        ? lowest
        : all > FAR * (secondHighest - lowest) && second < secondHighest
          ? highest
          : null;
    if (value === null) break;
    skip.add(value);
    const before = ends.skipped;
    ends = endsOf(samples, skip);
    notes.push(`${count(ends.skipped - before)} samples of ${shown(value)}, far from all others`);
  }
  const [from, to] = tailsOf(samples, skip);
  if (to > from && ends.highest - ends.lowest > FAR * (to - from)) {
    notes.push(
      `1 % of the samples, which reach from ${shown(ends.lowest)} to ${shown(ends.highest)}`,
    );
    return { lowest: from, highest: to, notes };
  }
  return { lowest: ends.lowest, highest: ends.highest, notes };
}

interface Ends {
  readonly lowest: number;
  /** The smallest value above the lowest. */
  readonly second: number;
  readonly secondHighest: number;
  readonly highest: number;
  readonly skipped: number;
}

function endsOf(samples: Samples, skip: ReadonlySet<number>): Ends {
  let [lowest, second, secondHighest, highest] = [Infinity, Infinity, -Infinity, -Infinity];
  let skipped = 0;
  forEach(samples, (value) => {
    if (skip.size > 0 && skip.has(value)) skipped += 1;
    else {
      if (value < lowest) [lowest, second] = [value, lowest];
      else if (value > lowest && value < second) second = value;
      if (value > highest) [highest, secondHighest] = [value, highest];
      else if (value < highest && value > secondHighest) secondHighest = value;
    }
  });
  if (highest < lowest) return { lowest: 0, second: 0, secondHighest: 0, highest: 0, skipped };
  return { lowest, second, secondHighest, highest, skipped };
}

/** Half a percent from either end, of at most a million samples. */
function tailsOf(samples: Samples, skip: ReadonlySet<number>): [number, number] {
  const step = Math.max(1, Math.ceil(samples.values.length / MAX_SORTED));
  const sorted: number[] = [];
  let i = 0;
  forEach(samples, (value) => {
    if (i++ % step === 0 && !skip.has(value)) sorted.push(value);
  });
  if (sorted.length < MIN_FOR_PERCENTILES) return [0, 0];
  const order = Float32Array.from(sorted).sort();
  const at = (share: number) => order[Math.round(share * (order.length - 1))]!;
  return [at(TAIL), at(1 - TAIL)];
}

/** Finite samples of the colours, without those of pixels that nobody can see. */
function forEach(samples: Samples, see: (value: number) => void): void {
  const { values, channels, hasAlpha } = samples;
  const colours = coloursOf(samples);
  for (let at = 0; at < values.length; at += channels) {
    if (hasAlpha && values[at + channels - 1] === 0) continue;
    for (let channel = 0; channel < colours; channel++) {
      const value = values[at + channel]!;
      if (Number.isFinite(value)) see(value);
    }
  }
}

const count = (n: number) => n.toLocaleString('en');
const shown = (value: number) => String(Number(value.toPrecision(6)));
