// Hatches tell classes apart where colours run out: which class has which, and how one is drawn.

/** Colours of the list; after them it starts over. */
const COLORS = 24;
/** From this place in the list on colours are too near each other to be trusted alone. */
const TRUSTED = 12;
/** Screen pixels between lines. */
const STEP = 6;
const ANGLES = [-Math.PI / 4, Math.PI / 4, 0, Math.PI / 2];

/** 0 = none, else 1-4. `place` of the class from 0; `wanted` hatches every class whose colour is near another's. */
export function hatchOf(place: number, wanted: boolean): number {
  const rounds = Math.floor(place / COLORS);
  if (rounds > 0) return 1 + ((rounds - 1) % ANGLES.length);
  return wanted && place >= TRUSTED ? 1 + ((place - TRUSTED) % ANGLES.length) : 0;
}

export interface HatchArea {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Lines of a hatch over an area of image pixels; the context is scaled to them and clipped. */
export function strokeHatch(
  context: CanvasRenderingContext2D,
  hatch: number,
  { left, top, right, bottom }: HatchArea,
  scale: number,
): void {
  if (right <= left || bottom <= top) return;
  const step = STEP / scale;
  const reach = Math.hypot(right - left, bottom - top) / 2;
  const angle = ANGLES[(hatch - 1) % ANGLES.length]!;
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  // Counted from the image's corner, so that lines stay where they are while the view moves.
  const middle = x * dy - y * dx;
  context.beginPath();
  for (let at = Math.ceil((middle - reach) / step) * step; at < middle + reach; at += step) {
    const [fromX, fromY] = [x + (at - middle) * dy, y - (at - middle) * dx];
    context.moveTo(fromX - reach * dx, fromY - reach * dy);
    context.lineTo(fromX + reach * dx, fromY + reach * dy);
  }
  context.lineWidth = 1.2 / scale;
  context.stroke();
}
