// What stands under the pointer: the class of the topmost object and the salience of the shown map.
import type { App } from '../../state/app.svelte.ts';
import type { Viewport } from '../../state/view/viewport.svelte.ts';
import { evidenceOf } from '../evidence/strip/strip.svelte.ts';
import { score } from '../../text/plural.ts';
import { text } from '../../text/text.ts';
import { topmostAt } from '../../tools/hitTest.ts';

export interface ReadOut {
  readonly color: string;
  readonly words: string;
}

export function readOut(app: App, at: Viewport['pointer']): ReadOut | null {
  const { document, viewport, session, tools } = app;
  const evidence = evidenceOf(app);
  const { width, height } = viewport.image;
  if (!at || at.x < 0 || at.y < 0 || at.x >= width || at.y >= height) return null;
  const map = evidence.shownMap ?? evidence.maps.get('blurred') ?? null;
  const asked =
    evidence.categoryId === null ? undefined : session.categoryById.get(evidence.categoryId);
  if (map && asked) {
    const row = Math.min(map.rows - 1, Math.floor((at.y / height) * map.rows));
    const column = Math.min(map.columns - 1, Math.floor((at.x / width) * map.columns));
    const value = (map.values[row * map.columns + column]! / 255) * map.maximum;
    return { color: asked.color, words: text.label.canvas.salience(asked.name, score(value)) };
  }
  const object = topmostAt(document.visible, at);
  if (!object) return null;
  const color = session.categoryById.get(object.categoryId)?.color ?? '#999';
  return { color, words: tools.nameOf(object) };
}
