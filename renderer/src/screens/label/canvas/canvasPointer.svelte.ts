// From the canvas's DOM events to tool events: coalesced moves, panning, zooming, the key cursor.
import type { App } from '../../../state/app.svelte.ts';
import { screenPoint, toImage, type ImagePoint } from '../../../geometry/viewport.ts';
import { clickReaderOf } from '../segment/clickReader.svelte.ts';
import { ARROWS, cursorNow, type CursorName } from './cursor.ts';
import { nudge } from './nudge.ts';
import { turnWheel } from './turnWheel.ts';
import { litAt, topmostAt } from '../../../tools/hitTest.ts';
import type { ToolEventKind } from '../../../tools/types.ts';

export class CanvasPointer {
  readonly #app: App;
  alt = $state(false);
  /** The canvas has the focus from the keyboard and nothing was done with it yet. */
  arrived = $state(false);
  menuAt = $state.raw<{ x: number; y: number; onObject: boolean } | null>(null);
  focusColor = $state('#a9bcff');
  #dragging = $state(false);
  #panFrom: { x: number; y: number } | null = null;
  #element: HTMLElement | null = null;

  readonly cursor: CursorName = $derived.by(() => cursorNow(this.#app, this.#dragging));

  constructor(app: App) {
    this.#app = app;
  }

  down(event: PointerEvent): void {
    const node = event.currentTarget as HTMLElement;
    if (isOnControl(event)) return;
    node.setPointerCapture(event.pointerId);
    const { viewport, tools } = this.#app;
    this.arrived = viewport.byKeys = false;
    this.alt = event.altKey;
    if (event.button === 1 || viewport.panning || (event.button === 0 && tools.id === 'pan')) {
      this.#panFrom = { x: event.clientX, y: event.clientY };
      this.#dragging = true;
      return;
    }
    // The right button takes away with the segment tool, and opens the menu everywhere else.
    const takesAway = event.button === 2 && tools.id === 'segment';
    if (event.button !== 0 && !takesAway) return;
    this.#dragging = true;
    this.#sendAt('down', this.#point(event), event, takesAway);
  }

  move(event: PointerEvent): void {
    const { viewport } = this.#app;
    viewport.byKeys = false;
    this.alt = event.altKey;
    if (this.#panFrom) {
      viewport.pan(event.clientX - this.#panFrom.x, event.clientY - this.#panFrom.y);
      this.#panFrom = { x: event.clientX, y: event.clientY };
      return;
    }
    const point = this.#point(event);
    viewport.pointer = point;
    if (this.#dragging) {
      // Every reported point of a fast stroke counts, not only the last of the frame.
      const all = event.getCoalescedEvents();
      for (const step of all.length > 0 ? all : [event]) this.#send('move', step);
    } else {
      this.#send('hover', event);
      clickReaderOf(this.#app).point(point);
      this.#hover(point, event);
    }
  }

  up(event: PointerEvent): void {
    if (this.#panFrom) this.#panFrom = null;
    else if (this.#dragging) this.#send('up', event);
    this.#dragging = false;
  }

  leave(): void {
    if (this.#dragging) return;
    this.#app.viewport.pointer = null;
    clickReaderOf(this.#app).point(null);
    this.#app.document.hovered = null;
  }

  double(event: MouseEvent): void {
    const { tools, document } = this.#app;
    if (isOnControl(event)) return;
    const point = this.#point(event);
    if (
      tools.dispatch({
        kind: 'double',
        point,
        shift: event.shiftKey,
        alt: event.altKey,
        ctrl: event.ctrlKey,
      }) &&
      tools.id !== 'select'
    )
      return;
    const object = topmostAt(document.visible, point);
    if (tools.id !== 'select' || !object || object.locked) return;
    document.select([object.id]);
    tools.editPoints();
  }

  menu(event: MouseEvent): void {
    event.preventDefault();
    const { document, tools, viewport } = this.#app;
    if (tools.busy || isOnControl(event)) return;
    if (tools.id === 'segment' && event.button === 2) return;
    // The menu key has no place of its own: it is the key cursor's, else that of the selection.
    const byKey = event.button !== 2;
    const object = byKey ? document.selected[0] : topmostAt(document.visible, this.#point(event));
    if (object && !document.selection.has(object.id)) document.select([object.id]);
    const at = byKey ? this.#onScreen(viewport.pointer ?? object?.box) : null;
    const { x, y } = at ?? { x: event.clientX, y: event.clientY };
    this.menuAt = { x, y, onObject: object !== undefined && object !== null };
  }

  /** Where the focus went by a key: a ring says so until the next key. */
  focus(event: FocusEvent): void {
    this.arrived = (event.currentTarget as HTMLElement).matches(':focus-visible');
  }

  closeMenu(): void {
    this.menuAt = null;
  }

  /** The wheel must not scroll the page, so its listener cannot be passive. */
  listenToWheel(node: HTMLElement): () => void {
    this.#element = node;
    this.focusColor = getComputedStyle(node).getPropertyValue('--focus').trim() || this.focusColor;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      if (turnWheel(this.#app, event, this.#screen(event)))
        this.#app.viewport.pointer = this.#point(event);
    };
    node.addEventListener('wheel', onWheel, { passive: false });
    return () => node.removeEventListener('wheel', onWheel);
  }

  /** Arrows move the canvas cursor, Space presses the tool: everything a pointer can do. */
  key(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return;
    this.arrived = false;
    this.alt = event.altKey;
    const step = ARROWS[event.key];
    const { viewport, tools, document } = this.#app;
    if (step && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const far = event.shiftKey ? 10 : 1;
      if (tools.id === 'select' && !viewport.byKeys && document.selection.size > 0) {
        nudge(this.#app, step[0]! * far, step[1]! * far);
        event.preventDefault();
        return;
      }
      const usesCursor = tools.id !== 'pan' && (viewport.byKeys || tools.id !== 'select');
      if (!usesCursor) return;
      const from = viewport.pointer ?? {
        x: viewport.image.width / 2,
        y: viewport.image.height / 2,
      };
      const at = {
        x: clamp(Math.floor(from.x) + 0.5 + step[0] * far, viewport.image.width),
        y: clamp(Math.floor(from.y) + 0.5 + step[1] * far, viewport.image.height),
      };
      viewport.pointer = at;
      viewport.byKeys = true;
      this.#sendAt(this.#dragging ? 'move' : 'hover', at, event);
      event.preventDefault();
    } else if (event.code === 'Space' && viewport.byKeys && viewport.pointer) {
      if (!event.repeat) {
        this.#dragging = true;
        this.#sendAt('down', viewport.pointer, event);
      }
      event.preventDefault();
    }
  }

  keyUp(event: KeyboardEvent): void {
    this.alt = event.altKey;
    const { byKeys, pointer } = this.#app.viewport;
    if (event.code !== 'Space' || !byKeys || !this.#dragging || !pointer) return;
    this.#dragging = false;
    this.#sendAt('up', pointer, event);
  }

  #send(kind: ToolEventKind, event: MouseEvent): void {
    this.#sendAt(kind, this.#point(event), event);
  }

  #sendAt(
    kind: ToolEventKind,
    point: { x: number; y: number },
    keys: MouseEvent | KeyboardEvent,
    takesAway = false,
  ): void {
    this.#app.tools.dispatch({
      kind,
      point: point as ImagePoint,
      shift: keys.shiftKey,
      alt: keys.altKey || takesAway,
      ctrl: keys.ctrlKey || keys.metaKey,
    });
  }

  #hover(point: ImagePoint, event: PointerEvent): void {
    const { document, viewport, tools } = this.#app;
    // Buttons over the canvas keep what they belong to lit.
    if (isOnControl(event)) return;
    const quiet = viewport.panning || tools.id === 'brush' || tools.id === 'eraser';
    const id = quiet ? null : (litAt(document.visible, point)?.id ?? null);
    if (document.hovered !== id) document.hovered = id;
  }

  /** Window place of an image point or of a box's corner; null when none is given. */
  #onScreen(of: { x: number; y: number } | readonly number[] | undefined | null) {
    if (!of) return null;
    const [x, y] = 'x' in of ? [of.x, of.y] : [of[0]!, of[1]!];
    const { view } = this.#app.viewport;
    const frame = this.#element!.getBoundingClientRect();
    return { x: frame.left + x * view.scale + view.x, y: frame.top + y * view.scale + view.y };
  }

  #screen(event: MouseEvent) {
    const at = this.#element!.getBoundingClientRect();
    return screenPoint(event.clientX - at.left, event.clientY - at.top);
  }

  #point(event: MouseEvent): ImagePoint {
    return toImage(this.#app.viewport.view, this.#screen(event));
  }
}

function isOnControl(event: Event): boolean {
  return event.target instanceof Element && event.target.closest('[data-floating]') !== null;
}

const clamp = (value: number, size: number) => Math.min(size - 0.5, Math.max(0.5, value));
