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

type Values = Float32Array | Uint16Array | Int16Array;

export interface Samples {
  /** [pixels, channels]; with `hasAlpha` the last channel is opacity. */
  readonly values: Values;
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
  const colours = coloursOf(samples);
  const toByte = byteOf(lowest, highest, samples);
  const pixels = values.length / channels;
  const rgb = new Uint8Array(pixels * 3);
  for (let pixel = 0, from = 0; pixel < pixels; pixel++, from += channels) {
    const opacity = hasAlpha ? values[from + channels - 1]! / opaque : 1;
    for (let channel = 0; channel < 3; channel++) {
      const byte = toByte(values[from + (colours === 3 ? channel : 0)]!);
      rgb[pixel * 3 + channel] = opacity === 1 ? byte : byte * opacity + 255 * (1 - opacity) + 0.5;
    }
  }
  const left = notes.map((note) => `Left out of the range: ${note}.`);
  const told = `Samples from ${shown(lowest)} to ${shown(highest)} are shown as 0 to 255.`;
  return { rgb, range: [lowest, highest], notes: [told, ...left] };
}

/** The byte for a sample; of 16 bits every answer is made once. */
function byteOf(lowest: number, highest: number, { values, noData }: Samples) {
  const scale = 255 / Math.max(highest - lowest, 1e-30);
  const empty = noData === null ? NaN : Math.fround(noData);
  const byte = (value: number) =>
    Number.isFinite(value) && value !== empty
      ? Math.min(255, Math.max(0, Math.round((value - lowest) * scale)))
      : 0;
  if (values instanceof Float32Array) return byte;
  const offset = values instanceof Int16Array ? 32_768 : 0;
  const table = Uint8Array.from({ length: 65_536 }, (_, i) => byte(i - offset));
  return (value: number) => table[value + offset]!;
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
  const seen = seenSamples(samples);
  const ends = endsOf(seen, skip);
  const left = farValues(ends);
  for (const value of left) skip.add(value);
  const counts = countsOf(seen, skip);
  const notes = [...counts].flatMap(([value, n]) => {
    if (n === 0) return [];
    const why = left.includes(value) ? 'far from all others' : 'the file\'s "no data" value';
    return [`${n.toLocaleString('en')} samples of ${shown(value)}, ${why}`];
  });
  const lowest = ends.lows.find((value) => !left.includes(value)) ?? 0;
  const highest = ends.highs.find((value) => !left.includes(value)) ?? 0;
  const [from, to] = tailsOf(seen, skip);
  if (to > from && highest - lowest > FAR * (to - from)) {
    notes.push(`1 % of the samples, which reach from ${shown(lowest)} to ${shown(highest)}`);
    return { lowest: from, highest: to, notes };
  }
  return { lowest, highest, notes };
}

interface Ends {
  /** The smallest values, rising. */
  readonly lows: readonly number[];
  /** The largest values, falling. */
  readonly highs: readonly number[];
}

/** The fewest values at the ends without which the range is many times smaller; mostly none. */
function farValues({ lows, highs }: Ends): readonly number[] {
  const all = highs[0]! - lows[0]!;
  for (let count = 1; count <= 2 * MAX_VALUES_LEFT_OUT; count++)
    for (let below = Math.min(count, MAX_VALUES_LEFT_OUT); below >= 0; below--) {
      const above = count - below;
      const [low, high] = [lows[below], highs[above]];
      if (above > MAX_VALUES_LEFT_OUT || low === undefined || high === undefined) continue;
      if (low < high && all > FAR * (high - low))
        return [...lows.slice(0, below), ...highs.slice(0, above)];
    }
  return [];
}

function endsOf(seen: Values, skip: ReadonlySet<number>): Ends {
  const lows: number[] = [];
  const highs: number[] = [];
  // Almost every sample lies between the values that are kept: two comparisons are all it costs.
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < seen.length; i++) {
    const value = seen[i]!;
    if ((value >= least && value <= most) || !Number.isFinite(value) || skip.has(value)) continue;
    insert(lows, value, 1);
    insert(highs, value, -1);
    least = lows[MAX_VALUES_LEFT_OUT] ?? Infinity;
    most = highs[MAX_VALUES_LEFT_OUT] ?? -Infinity;
  }
  return { lows, highs };
}

/** Keeps the first values of a list that rises (or falls), each once. */
function insert(list: number[], value: number, sign: 1 | -1): void {
  if (list.includes(value)) return;
  list.push(value);
  list.sort((a, b) => sign * (a - b));
  list.length = Math.min(list.length, MAX_VALUES_LEFT_OUT + 1);
}

/** How many samples each of the values has. */
function countsOf(seen: Values, values: ReadonlySet<number>): Map<number, number> {
  return new Map(
    [...values].map((wanted) => {
      let count = 0;
      for (let i = 0; i < seen.length; i++) if (seen[i] === wanted) count++;
      return [wanted, count];
    }),
  );
}

/** Half a percent from either end, of at most a million samples. */
function tailsOf(seen: Values, skip: ReadonlySet<number>): [number, number] {
  const step = Math.max(1, Math.ceil(seen.length / MAX_SORTED));
  const some = new Float32Array(Math.ceil(seen.length / step));
  let length = 0;
  for (let i = 0; i < seen.length; i += step) {
    const value = seen[i]!;
    if (Number.isFinite(value) && !skip.has(value)) some[length++] = value;
  }
  if (length < MIN_FOR_PERCENTILES) return [0, 0];
  const order = some.subarray(0, length).sort();
  const at = (share: number) => order[Math.round(share * (length - 1))]!;
  return [at(TAIL), at(1 - TAIL)];
}

/** Samples of the colours without those of pixels that nobody can see; the same memory where it is all. */
function seenSamples(samples: Samples): Values {
  const { values, channels, hasAlpha } = samples;
  const colours = coloursOf(samples);
  if (colours === channels) return values;
  const seen = values.slice(0, (values.length / channels) * colours);
  let length = 0;
  for (let at = 0; at < values.length; at += channels) {
    if (hasAlpha && values[at + channels - 1] === 0) continue;
    for (let channel = 0; channel < colours; channel++) seen[length++] = values[at + channel]!;
  }
  return seen.subarray(0, length);
}

const shown = (value: number) => String(Number(value.toPrecision(6)));
