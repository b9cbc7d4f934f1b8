// Colours of what is drawn and of what was left open, and whether anything is drawn at the pointer.
import type { Annotation, AnnotationId } from '../../../../../electron/api/types.ts';
import type { OpenShape } from '../../../canvas/previews/unfinished.ts';
import type { App } from '../../../state/app.svelte.ts';
import type { Viewport } from '../../../state/view/viewport.svelte.ts';
import { pointsOf } from '../../../tools/armed/parking.ts';

/** Of no class. */
const NONE = '#9a9aa2';

/** That of the first press while something is drawn; what is painted on gives its own. */
export function colorOfDrawn(
  { tools, document }: App,
  colorOf: (annotation: Annotation) => string,
): string {
  const own = tools.category?.color ?? NONE;
  const { active, pinned } = tools;
  const isNew =
    tools.id === 'segment' ||
    tools.id === 'box' ||
    tools.id === 'wand' ||
    (active.tool === 'polygon' && active.state.kind === 'drawing');
  if (isNew) return own;
  const target = pinned
    ? document.annotations.get(pinned.targets[0] ?? ('' as AnnotationId))
    : document.selected[0];
  return target ? colorOf(target) : own;
}

/** Where the pointer is, if anything is drawn there; a pointer that only moves repaints nothing else. */
export function markedPointer({ tools, viewport, session }: App): Viewport['pointer'] {
  const { id } = tools;
  const isMarked =
    id === 'brush' || id === 'eraser' || viewport.byKeys || session.settings.crossHair;
  return isMarked ? viewport.pointer : null;
}

/** Shapes on the open image that wait to be gone on with. */
export function openShapes({ tools, session }: App): OpenShape[] {
  return tools.parking.waiting.map(({ categoryId, work }) => {
    const category = categoryId === null ? undefined : session.categoryById.get(categoryId);
    return { color: category?.color ?? NONE, points: pointsOf(work) };
  });
}
