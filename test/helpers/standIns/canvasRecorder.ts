// A 2D context that draws nothing and tells what was drawn where on the screen: moves and scales of the context are
// worked into the coordinates, so that a test speaks of screen pixels.

export interface Drawn {
  readonly what: 'fill' | 'stroke' | 'clip' | 'fillRect' | 'strokeRect' | 'clearRect' | 'image';
  /** Screen coordinates: x, y of each point in turn, or x, y, width, height of a rectangle. */
  readonly at: readonly number[];
  readonly closed: boolean;
  /** Radius of an arc, in screen pixels. */
  readonly radius: number | null;
  /** Colour of the fill or the stroke. */
  readonly color: string;
  readonly alpha: number;
  /** On the screen. */
  readonly lineWidth: number;
  readonly dash: readonly number[];
}

/** Stands in for Path2D. */
export class RecordedPath {
  readonly points: number[] = [];
  closed = false;
  radius: number | null = null;
  moveTo(x: number, y: number): void {
    this.points.push(x, y);
  }
  lineTo(x: number, y: number): void {
    this.points.push(x, y);
  }
  closePath(): void {
    this.closed = true;
  }
  rect(x: number, y: number, w: number, h: number): void {
    this.points.push(x, y, x + w, y, x + w, y + h, x, y + h);
    this.closed = true;
  }
  arc(x: number, y: number, radius: number): void {
    this.points.push(x, y);
    this.radius = radius;
  }
  addPath(path: RecordedPath): void {
    this.points.push(...path.points);
    this.closed ||= path.closed;
  }
}

interface Settings {
  fillStyle: string;
  strokeStyle: string;
  globalAlpha: number;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  imageSmoothingEnabled: boolean;
  dash: readonly number[];
  transform: { readonly x: number; readonly y: number; readonly scale: number };
}

export function canvasRecorder() {
  const drawn: Drawn[] = [];
  const start: Settings = {
    fillStyle: '#000',
    strokeStyle: '#000',
    globalAlpha: 1,
    lineWidth: 1,
    lineCap: 'butt',
    lineJoin: 'miter',
    imageSmoothingEnabled: true,
    dash: [],
    transform: { x: 0, y: 0, scale: 1 },
  };
  const stack: Settings[] = [];
  let path = new RecordedPath();
  const settings = { ...start };
  const add = (what: Drawn['what'], { points, closed, radius }: RecordedPath, color: string) => {
    const { x, y, scale } = settings.transform;
    drawn.push({
      what,
      at: points.map((value, i) => value * scale + (i % 2 === 0 ? x : y)),
      closed,
      radius: radius === null ? null : radius * scale,
      color,
      alpha: settings.globalAlpha,
      lineWidth: settings.lineWidth * scale,
      dash: settings.dash.map((length) => length * scale),
    });
  };
  const rectangle = (what: Drawn['what'], [x, y, w, h]: readonly number[], color: string) => {
    const { transform, globalAlpha: alpha, lineWidth, dash } = settings;
    const { scale } = transform;
    const at = [x! * scale + transform.x, y! * scale + transform.y, w! * scale, h! * scale];
    drawn.push({ what, at, closed: true, radius: null, color, alpha, lineWidth, dash });
  };
  const methods = {
    save: () => void stack.push({ ...settings }),
    restore: () => void Object.assign(settings, stack.pop()),
    translate(x: number, y: number) {
      const { transform } = settings;
      const { scale } = transform;
      settings.transform = { scale, x: transform.x + x * scale, y: transform.y + y * scale };
    },
    scale(by: number) {
      settings.transform = { ...settings.transform, scale: settings.transform.scale * by };
    },
    setLineDash: (dash: readonly number[]) => void (settings.dash = [...dash]),
    beginPath: () => void (path = new RecordedPath()),
    moveTo: (x: number, y: number) => path.moveTo(x, y),
    lineTo: (x: number, y: number) => path.lineTo(x, y),
    arc: (x: number, y: number, radius: number) => path.arc(x, y, radius),
    rect: (x: number, y: number, w: number, h: number) => path.rect(x, y, w, h),
    fill: (given?: RecordedPath | string) =>
      add('fill', given instanceof RecordedPath ? given : path, settings.fillStyle),
    stroke: (given?: RecordedPath) => add('stroke', given ?? path, settings.strokeStyle),
    clip: (given?: RecordedPath | string) =>
      add('clip', given instanceof RecordedPath ? given : path, ''),
    fillRect: (...at: number[]) => rectangle('fillRect', at, settings.fillStyle),
    strokeRect: (...at: number[]) => rectangle('strokeRect', at, settings.strokeStyle),
    clearRect: (...at: number[]) => rectangle('clearRect', at, ''),
    drawImage: (_image: unknown, ...at: number[]) => rectangle('image', at.slice(-4), ''),
  };
  const context = new Proxy(settings, {
    get: (target, name) => (methods as never)[name] ?? (target as never)[name],
    set: (target, name, value) => Reflect.set(target, name, value),
  });
  return { drawn, settings, context: context as unknown as CanvasRenderingContext2D };
}
