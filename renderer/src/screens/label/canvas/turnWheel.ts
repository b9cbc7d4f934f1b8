// What the wheel does over the canvas: zoom about the pointer, scroll, go sideways, or resize the brush.
import type { App } from '../../../state/app.svelte.ts';
import type { ScreenPoint } from '../../../geometry/viewport.ts';

/** Wheel units of one notch. */
const NOTCH = 100;

/** True when the view zoomed about `at`, so that another image point lies under the pointer. */
export function turnWheel(app: App, event: WheelEvent, at: ScreenPoint): boolean {
  const { viewport, tools, session } = app;
  const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * 33 : event.deltaY;
  if (event.altKey && (tools.id === 'brush' || tools.id === 'eraser')) {
    tools.resizeBrush(pixels < 0 ? 1.15 : 1 / 1.15);
    return false;
  }
  if (event.shiftKey && !event.ctrlKey) {
    // Browsers that know Shift as sideways have turned the wheel already.
    viewport.pan(-(event.deltaX || pixels), 0);
    return false;
  }
  // A pinch arrives as a wheel with Ctrl.
  if (session.settings.wheel === 'scroll' && !event.ctrlKey) {
    viewport.pan(-event.deltaX, -pixels);
    return false;
  }
  const steps = Math.max(-4, Math.min(4, -pixels / (event.ctrlKey ? NOTCH / 4 : NOTCH)));
  viewport.zoom(steps, at);
  return true;
}
