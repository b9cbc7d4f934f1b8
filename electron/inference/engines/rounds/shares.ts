// What every query of a round takes of the image: its share among all texts, and the direction in which
// the image's vector would have to move for more of it.

/** Per query its share (all texts together 1) and the unit vector that its map starts from. */
export interface Share {
  readonly share: number;
  /** [P], of length 1; null where the share cannot change, as with one text alone. */
  readonly start: Float32Array | null;
}

/**
 * Shares of the first `queries` of `texts` in the image's vector `features`, of any length. The
 * derivative of a share along the vector is a positive factor times the part of
 * sum over j of p_j (t_i - t_j) that stands upright on it; the factor, tiny for unlikely queries, drops
 * out when a map is scaled and is left out.
 */
export function sharesOf(
  features: Float32Array,
  texts: readonly Float32Array[],
  queries: number,
  scale: number,
): Share[] {
  const length = Math.hypot(...features);
  const unit = Float64Array.from(features, (value) => value / length);
  const logits = texts.map((text) => scale * dot(unit, text));
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return Array.from({ length: queries }, (_, query) => ({
    share: (powers[query] as number) / sum,
    start: startOf(unit, texts, powers, query),
  }));
}

function startOf(
  unit: Float64Array,
  texts: readonly Float32Array[],
  powers: readonly number[],
  query: number,
): Float32Array | null {
  const own = texts[query] as Float32Array;
  const pull = new Float64Array(unit.length);
  texts.forEach((text, other) => {
    if (other === query) return;
    const power = powers[other] as number;
    for (let d = 0; d < pull.length; d++)
      pull[d] = (pull[d] as number) + power * ((own[d] as number) - (text[d] as number));
  });
  const along = dot(unit, pull);
  for (let d = 0; d < pull.length; d++) pull[d] = (pull[d] as number) - along * (unit[d] as number);
  const length = Math.hypot(...pull);
  return length > 0 ? Float32Array.from(pull, (value) => value / length) : null;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
