// Ember, the colours of salience: eleven stops, interpolated in OKLab to 256 and kept as one table.

const STOPS = [
  '#0d0b19',
  '#28123f',
  '#4a165b',
  '#701d6d',
  '#a11e68',
  '#ca3452',
  '#e25a3f',
  '#f47f38',
  '#fca94f',
  '#fed17c',
  '#fff3b8',
];

let table: Uint8ClampedArray | null = null;

/** 256 x RGB. */
export function emberTable(): Uint8ClampedArray {
  table ??= build();
  return table;
}

/** CSS colour at 0-1. */
export function emberAt(value: number): string {
  const colors = emberTable();
  const at = Math.round(Math.min(1, Math.max(0, value)) * 255) * 3;
  return `rgb(${colors[at]} ${colors[at + 1]} ${colors[at + 2]})`;
}

function build(): Uint8ClampedArray {
  const labs = STOPS.map((hex) => toLab(hex));
  const out = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i += 1) {
    const at = (i / 255) * (labs.length - 1);
    const low = Math.min(labs.length - 2, Math.floor(at));
    const t = at - low;
    const lab = labs[low]!.map((value, k) => value + (labs[low + 1]![k]! - value) * t);
    out.set(fromLab(lab as [number, number, number]), 3 * i);
  }
  return out;
}

// OKLab by Ottosson, 2020.
function toLab(hex: string): [number, number, number] {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromLab([L, a, b]: [number, number, number]): [number, number, number] {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((c) => 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055)) as [
    number,
    number,
    number,
  ];
}
