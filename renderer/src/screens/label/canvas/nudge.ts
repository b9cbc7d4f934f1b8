// Arrow keys move the selected objects by one pixel, with Shift by ten. Presses that follow each other closely are
// one undo step.
import { moveMask } from '../../../../../electron/masks/changes/transform.ts';
import type { App } from '../../../state/app.svelte.ts';
import { text } from '../../../text/text.ts';
import { remask } from '../../../tools/edits.ts';

/** A pause this long ends the step. */
const PAUSE_MS = 1200;
let last = { id: '', of: '', atMs: -Infinity };

/** True when something was moved: locked objects and what would leave the image stay. */
export function nudge(app: App, dx: number, dy: number): boolean {
  const { document, session, tools } = app;
  if (!session.canEdit) return false;
  const usable = document.selected.filter((object) => !object.locked);
  const changes = usable
    .map((object) => remask(object, moveMask(object.mask, dx, dy)))
    .filter((change) => change !== null);
  if (changes.length === 0) return false;
  const nowMs = performance.now();
  const of = usable.map(({ id }) => id).join();
  const goesOn = last.of === of && nowMs - last.atMs < PAUSE_MS;
  last = { id: goesOn ? last.id : crypto.randomUUID(), of, atMs: nowMs };
  const label = text.label.history.move(tools.nameOf(usable[0]!));
  document.commit({ label, changes, gestureId: `nudge-${last.id}` });
  return true;
}
