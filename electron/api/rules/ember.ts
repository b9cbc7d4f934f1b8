// The colours of salience, for the window and for pictures in files: "ember", dark violet to pale
// yellow with lightness in equal steps, so that order survives every colour vision and grey printing.

/** Eleven stops from 0 to 1. */
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

/** 256 RGB entries, [256, 3], the stops interpolated in OKLab. */
export const emberTable: Uint8Array = table();

/** Paints values 0-1 with ember: row-major RGB, three bytes per value; NaN is black. */
export function emberColours(values: ArrayLike<number>): Uint8Array {
  const rgb = new Uint8Array(values.length * 3);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    const entry = Math.round(Math.min(1, Math.max(0, value)) * 255) * 3;
    rgb.set(emberTable.subarray(entry, entry + 3), i * 3);
  }
  return rgb;
}

/** CSS colour of a value 0-1. */
export function emberAt(value: number): string {
  const entry = Math.round(Math.min(1, Math.max(0, value)) * 255) * 3;
  return `rgb(${emberTable.subarray(entry, entry + 3).join(' ')})`;
}

type Triple = readonly [number, number, number];

function table(): Uint8Array {
  const stops = STOPS.map((stop): Triple => {
    const byte = (at: number): number => Number.parseInt(stop.slice(at, at + 2), 16) / 255;
    return toOklab([byte(1), byte(3), byte(5)]);
  });
  const colours = new Uint8Array(256 * 3);
  for (let entry = 0; entry < 256; entry++) {
    const place = (entry / 255) * (stops.length - 1);
    const first = Math.min(stops.length - 2, Math.floor(place));
    const share = place - first;
    const from = stops[first] as Triple;
    const to = stops[first + 1] as Triple;
    const mixed = from.map((value, i) => value + share * ((to[i] as number) - value));
    fromOklab(mixed as unknown as Triple).forEach((value, channel) => {
      colours[entry * 3 + channel] = Math.round(Math.min(1, Math.max(0, value)) * 255);
    });
  }
  return colours;
}

// Matrices of Björn Ottosson's OKLab (2020).
function toOklab(rgb: Triple): Triple {
  const [r, g, b] = rgb.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)) as [
    number,
    number,
    number,
  ];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear: Triple = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return linear.map((v) =>
    v <= 0.0031308 ? 12.92 * v : 1.055 * Math.max(0, v) ** (1 / 2.4) - 0.055,
  ) as unknown as Triple;
}
