// A canvas of real pixels for what is drawn in whole rectangles: clearing, pixels put and pictures drawn without
// smoothing, clipped to a rectangle, and the fill of one outline. A pixel is meant by its middle.
import type { RecordedPath } from './canvasRecorder.ts';

export class StandInImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  constructor(width: number, height: number) {
    [this.width, this.height] = [width, height];
    this.data = new Uint8ClampedArray(4 * width * height);
  }
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export class PixelCanvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
  readonly #context: object;

  constructor(width: number, height: number) {
    [this.width, this.height] = [width, height];
    this.pixels = new Uint8ClampedArray(4 * width * height);
    this.#context = contextOf(this);
  }

  getContext(): object {
    return this.#context;
  }

  /** Red, green, blue and alpha of a pixel. */
  at(x: number, y: number): number[] {
    return [...this.pixels.subarray(4 * (y * this.width + x), 4 * (y * this.width + x) + 4)];
  }
}

type Rect = readonly [x: number, y: number, width: number, height: number];

const isIn = ([x, y, width, height]: Rect, px: number, py: number) =>
  px >= x && py >= y && px < x + width && py < y + height;

/** Even-odd, of one ring. */
function isInside({ points }: RecordedPath, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
    const [ax, ay, bx, by] = [points[i]!, points[i + 1]!, points[j]!, points[j + 1]!];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

function contextOf(canvas: PixelCanvas): object {
  let state = {
    place: { x: 0, y: 0, scale: 1 } as Place,
    clip: [0, 0, canvas.width, canvas.height] as Rect,
    globalAlpha: 1,
    fillStyle: '#000000',
    imageSmoothingEnabled: true,
  };
  const stack: (typeof state)[] = [];
  let path: Rect = [0, 0, 0, 0];
  const each = (work: (x: number, y: number, at: number) => void) => {
    for (let y = 0; y < canvas.height; y++)
      for (let x = 0; x < canvas.width; x++)
        if (isIn(state.clip, x + 0.5, y + 0.5)) work(x + 0.5, y + 0.5, 4 * (y * canvas.width + x));
  };
  const methods = {
    save: () => void stack.push({ ...state }),
    restore: () => void (state = stack.pop()!),
    translate: (x: number, y: number) => void (state.place = { ...state.place, x, y }),
    scale: (scale: number) => void (state.place = { ...state.place, scale }),
    beginPath: () => undefined,
    rect: (...at: Rect) => void (path = at),
    clip: () => void (state.clip = path),
    createImageData: (width: number, height: number) => new StandInImageData(width, height),
    clearRect: (...rect: Rect) =>
      each((x, y, at) => isIn(rect, x, y) && canvas.pixels.fill(0, at, at + 4)),
    fill(shape: RecordedPath) {
      const { x: left, y: top, scale } = state.place;
      const color = [1, 3, 5].map((i) => parseInt(state.fillStyle.slice(i, i + 2), 16));
      const painted = [...color, Math.round(255 * state.globalAlpha)];
      each((x, y, at) => {
        if (isInside(shape, (x - left) / scale, (y - top) / scale)) canvas.pixels.set(painted, at);
      });
    },
    putImageData(image: StandInImageData, dx: number, dy: number, ...dirty: number[]) {
      const [left = 0, top = 0, width = image.width, height = image.height] = dirty;
      for (let y = top; y < top + height; y++)
        for (let x = left; x < left + width; x++) {
          const from = 4 * (y * image.width + x);
          const to = 4 * ((y + dy) * canvas.width + x + dx);
          canvas.pixels.set(image.data.subarray(from, from + 4), to);
        }
    },
    drawImage(source: PixelCanvas, ...numbers: number[]) {
      const [sx, sy, sw, sh, ...rect] =
        numbers.length === 2
          ? [0, 0, source.width, source.height, ...numbers, source.width, source.height]
          : numbers;
      each((x, y, at) => {
        const [left, top, width, height] = rect as unknown as Rect;
        if (!isIn([left, top, width, height], x, y)) return;
        const fromX = Math.floor(sx! + ((x - left) / width) * sw!);
        const fromY = Math.floor(sy! + ((y - top) / height) * sh!);
        const pixel = source.at(fromX, fromY);
        if (pixel[3] !== 0) canvas.pixels.set(pixel, at);
      });
    },
  };
  return new Proxy(methods, {
    get: (_, name) => (methods as never)[name] ?? (state as never)[name],
    set: (_, name, value) => Reflect.set(state, name, value),
  });
}
