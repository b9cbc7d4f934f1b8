// The 24 class colours in order, and how far two colours are apart (CIEDE2000).

export interface NamedColor {
  readonly color: string;
  readonly name: string;
}

const NAMES =
  'sky lemon rose pine violet ice red sand leaf plum mint moss slate lime berry clay brick blush lagoon jade ocean lilac olive iris';
const COLORS =
  '7ba3f6 f0ec52 e86494 1d7a65 7745fa 8ce9f3 d42515 d9a673 4ab400 865582 ade9b8 6c8c52 7879b5 a3d048 b14f69 ca8377 955544 fab2ce 4aaaa6 56cb98 256bb1 d1ade8 567506 9d6fe3';

/** Lightness, green to red, blue to yellow. */
type Lab = readonly [number, number, number];

export const PALETTE: readonly NamedColor[] = COLORS.split(' ').map((hex, i) => ({
  color: `#${hex}`,
  name: NAMES.split(' ')[i]!,
}));

/** Below this two colours are confused when they do not lie side by side. */
const CONFUSED = 10;

/** The class whose colour is too near, if any. */
export function confusedWith<T extends { readonly color: string }>(
  color: string,
  others: readonly T[],
): T | null {
  let nearest: T | null = null;
  let least = CONFUSED;
  for (const other of others) {
    const distance = ciede2000(color, other.color);
    if (distance < least) {
      least = distance;
      nearest = other;
    }
  }
  return nearest;
}

/** The palette colour nearest to `color` that is clear of all taken ones. */
export function nearestFree(color: string, taken: readonly string[]): NamedColor | null {
  const free = PALETTE.filter((entry) =>
    taken.every((used) => ciede2000(entry.color, used) >= CONFUSED),
  );
  return free.sort((a, b) => ciede2000(color, a.color) - ciede2000(color, b.color))[0] ?? null;
}

/** Colour difference of two `#rrggbb`. */
export const ciede2000 = (first: string, second: string): number =>
  labDistance(toLab(first), toLab(second));

/** CIEDE2000 after Sharma, Wu and Dalal, 2005. */
export function labDistance([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const c7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 0.5 * (1 - Math.sqrt(c7 / (c7 + 25 ** 7)));
  const x1 = a1 * (1 + g);
  const x2 = a2 * (1 + g);
  const c1 = Math.hypot(x1, b1);
  const c2 = Math.hypot(x2, b2);
  const hue = (x: number, b: number) => (Math.atan2(b, x) * 180) / Math.PI + (b < 0 ? 360 : 0);
  const h1 = hue(x1, b1);
  const h2 = hue(x2, b2);
  // The shorter way leads over the red end of the circle: half a turn less under the sine.
  const isAround = Math.abs(h2 - h1) > 180;
  const rad = (degrees: number) => (degrees * Math.PI) / 180;
  const dH = (isAround ? -2 : 2) * Math.sqrt(c1 * c2) * Math.sin(rad((h2 - h1) / 2));
  const lMean = (l1 + l2) / 2;
  const cMean = (c1 + c2) / 2;
  const hSum = h1 + h2;
  const hMean = (isAround ? hSum + (hSum < 360 ? 360 : -360) : hSum) / 2;
  const t =
    1 -
    0.17 * Math.cos(rad(hMean - 30)) +
    0.24 * Math.cos(rad(2 * hMean)) +
    0.32 * Math.cos(rad(3 * hMean + 6)) -
    0.2 * Math.cos(rad(4 * hMean - 63));
  const sl = 1 + (0.015 * (lMean - 50) ** 2) / Math.sqrt(20 + (lMean - 50) ** 2);
  const sc = 1 + 0.045 * cMean;
  const sh = 1 + 0.015 * cMean * t;
  const theta = 30 * Math.exp(-(((hMean - 275) / 25) ** 2));
  const rc = 2 * Math.sqrt(cMean ** 7 / (cMean ** 7 + 25 ** 7));
  const rt = -Math.sin(rad(2 * theta)) * rc;
  const dL = (l2 - l1) / sl;
  const dC = (c2 - c1) / sc;
  const dh2 = dH / sh;
  return Math.sqrt(dL * dL + dC * dC + dh2 * dh2 + rt * dC * dh2);
}

/** sRGB to CIE L*a*b* under D65. */
export function toLab(hex: string): Lab {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
