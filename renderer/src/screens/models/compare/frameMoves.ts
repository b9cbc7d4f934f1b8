// Zooming and moving a picture of the comparison: wheel, drag and keys; what it shows afterwards is its owner's.
import {
  centred,
  keepInView,
  screenPoint,
  stepped,
  toImage,
  zoomAt,
  type ImagePoint,
  type ScreenPoint,
  type Size,
  type View,
} from '../../../geometry/viewport.ts';

export interface MovedFrame {
  readonly image: Size;
  readonly stage: Size;
  readonly view: View;
  move(view: View): void;
  /** The place under the pointer; null: it left. */
  point(at: ImagePoint | null): void;
}

/** Fourths of an octave. */
const WHEEL_STEPS = 1;
const KEY_STEPS = 2;
/** Share of the frame that an arrow key moves by. */
const KEY_SHARE = 1 / 8;

/** The whole image, as large as the frame allows. */
export const wholeView = (image: Size, stage: Size): View =>
  centred(image, stage, Math.min(stage.width / image.width, stage.height / image.height));

/** The view after some steps of zoom; out of the whole image there is nothing more to see. */
export function zoomed({ image, stage, view }: MovedFrame, at: ScreenPoint, steps: number): View {
  const whole = wholeView(image, stage);
  const scale = stepped(view.scale, steps);
  return scale <= whole.scale ? whole : keepInView(zoomAt(view, at, scale), image, stage);
}

export function shifted({ image, stage, view }: MovedFrame, x: number, y: number): View {
  const { scale } = wholeView(image, stage);
  if (view.scale <= scale) return view;
  return keepInView({ ...view, x: view.x + x, y: view.y + y }, image, stage);
}

/** The view that a key asks for; null: it asks for none. */
export function afterKey(frame: MovedFrame, key: string): View | null {
  const { image, stage } = frame;
  const middle = screenPoint(stage.width / 2, stage.height / 2);
  const [right, down] = [stage.width * KEY_SHARE, stage.height * KEY_SHARE];
  switch (key) {
    case '+':
    case '=':
      return zoomed(frame, middle, KEY_STEPS);
    case '-':
      return zoomed(frame, middle, -KEY_STEPS);
    case '0':
      return wholeView(image, stage);
    case 'ArrowLeft':
      return shifted(frame, right, 0);
    case 'ArrowRight':
      return shifted(frame, -right, 0);
    case 'ArrowUp':
      return shifted(frame, 0, down);
    case 'ArrowDown':
      return shifted(frame, 0, -down);
    default:
      return null;
  }
}

/** Listens on a picture; `frame` is asked whenever something happens. */
export function moves(node: HTMLElement, frame: () => MovedFrame | null): () => void {
  const over = new AbortController();
  const { signal } = over;
  const placeOf = (event: MouseEvent): ScreenPoint => {
    const { left, top } = node.getBoundingClientRect();
    return screenPoint(event.clientX - left, event.clientY - top);
  };
  const onwheel = (event: WheelEvent) => {
    const now = frame();
    if (!now) return;
    event.preventDefault();
    now.move(zoomed(now, placeOf(event), -Math.sign(event.deltaY) * WHEEL_STEPS));
  };
  const onmove = (event: PointerEvent) => {
    const now = frame();
    if (!now) return;
    if (event.buttons === 1) now.move(shifted(now, event.movementX, event.movementY));
    now.point(toImage(now.view, placeOf(event)));
  };
  const onkey = (event: KeyboardEvent) => {
    const now = frame();
    // Buttons in the picture have keys of their own.
    if (!now || event.target !== node || event.ctrlKey || event.metaKey || event.altKey) return;
    const view = afterKey(now, event.key);
    if (!view) return;
    event.preventDefault();
    now.move(view);
  };
  node.addEventListener('wheel', onwheel, { passive: false, signal });
  node.addEventListener('pointermove', onmove, { signal });
  node.addEventListener('pointerleave', () => frame()?.point(null), { signal });
  node.addEventListener('keydown', onkey, { signal });
  return () => over.abort();
}
