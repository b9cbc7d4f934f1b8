// Drawn scenes with known masks: pictures for tests of the interface, made from SVG with sharp.
import sharp from 'sharp';
import type { RleMask } from '../../electron/api/types.ts';

export interface SceneShape {
  readonly name: string;
  readonly color: string;
  readonly inside: (x: number, y: number) => boolean;
  readonly svg: string;
}

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly SceneShape[];
  readonly background: string;
}

/** A scene of three to five shapes, the same for the same number. */
export function scene(seed: number, width = 600, height = 400): Scene {
  let state = (seed * 2654435761) >>> 0 || 1;
  const random = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  const palette: readonly [string, string][] = [
    ['circle', '#e8b63f'],
    ['star', '#4f80df'],
    ['ring', '#7fdca4'],
    ['box', '#dd4b52'],
  ];
  const shapes = palette.map(([name, color], i): SceneShape => {
    const cx = ((i + 0.5 + (random() - 0.5) * 0.4) / palette.length) * width;
    const cy = (0.35 + random() * 0.35) * height;
    const r = (0.11 + random() * 0.09) * Math.min(width * 1.2, height * 1.6);
    if (name === 'circle')
      return {
        name,
        color,
        inside: (x, y) => (x - cx) ** 2 + ((y - cy) / 1.15) ** 2 <= r * r,
        svg: `<ellipse cx="${cx}" cy="${cy}" rx="${r}" ry="${r * 1.15}" fill="${color}"/><path d="M${cx - r * 0.55} ${cy - r * 0.4} Q${cx - r * 0.4} ${cy - r * 0.9} ${cx} ${cy - r * 0.9}" fill="none" stroke="#f7dc97" stroke-width="${r * 0.12}" stroke-linecap="round"/>`,
      };
    if (name === 'ring')
      return {
        name,
        color,
        inside: (x, y) => {
          const d = Math.hypot(x - cx, y - cy);
          return d <= r * 0.8 && d >= r * 0.42;
        },
        svg: `<circle cx="${cx}" cy="${cy}" r="${r * 0.61}" fill="none" stroke="${color}" stroke-width="${r * 0.38}"/>`,
      };
    if (name === 'box')
      return {
        name,
        color,
        inside: (x, y) => Math.abs(x - cx) <= r * 0.8 && Math.abs(y - cy) <= r * 0.55,
        svg: `<rect x="${cx - r * 0.8}" y="${cy - r * 0.55}" width="${r * 1.6}" height="${r * 1.1}" rx="6" fill="${color}"/>`,
      };
    const points = Array.from({ length: 10 }, (_, k) => {
      const a = (k * Math.PI) / 5 - Math.PI / 2;
      const radius = k % 2 === 0 ? r : r * 0.45;
      return [cx + radius * Math.cos(a), cy + radius * Math.sin(a)] as const;
    });
    return {
      name,
      color,
      inside: (x, y) => {
        let inside = false;
        for (let k = 0, j = 9; k < 10; j = k++) {
          const [ax, ay] = points[k]!;
          const [bx, by] = points[j]!;
          if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
        }
        return inside;
      },
      svg: `<polygon points="${points.map((p) => p.join(',')).join(' ')}" fill="${color}"/>`,
    };
  });
  const backgrounds = ['#2e7a4e', '#5a4a7d', '#7d5a3c', '#33617d'];
  return { width, height, shapes, background: backgrounds[seed % 4]! };
}

/** PNG of a scene; `factor` scales it. */
export async function renderScene(drawn: Scene, factor = 1): Promise<Buffer> {
  const { width, height } = drawn;
  const waves = Array.from(
    { length: 14 },
    (_, i) =>
      `<circle cx="${width * 0.15}" cy="${height * 1.05}" r="${(i + 1) * height * 0.11}" fill="none" stroke="#fff" stroke-opacity="0.13" stroke-width="${height * 0.045}"/>`,
  ).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * factor}" height="${height * factor}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${drawn.background}"/>${waves}${drawn.shapes.map((shape) => shape.svg).join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

/** Column-major runs of a predicate over pixel centres. */
export function maskWhere(
  width: number,
  height: number,
  inside: (x: number, y: number) => boolean,
): RleMask {
  const counts: number[] = [];
  let run = 0;
  let on = false;
  for (let x = 0; x < width; x += 1)
    for (let y = 0; y < height; y += 1) {
      const now = inside(x + 0.5, y + 0.5);
      if (now !== on) {
        counts.push(run);
        run = 0;
        on = now;
      }
      run += 1;
    }
  counts.push(run);
  return { width, height, counts: Uint32Array.from(counts) };
}
