// Objects copied in this window. They outlive the image and the project, so they keep the names of
// their classes: class 1 of one project is another class in the next.
import type {
  Annotation,
  AnnotationId,
  CategoryId,
  ProjectId,
} from '../../../../electron/api/types.ts';
import { cropOf, packCrop } from '../../../../electron/masks/runs/window.ts';
import { moveMask } from '../../../../electron/masks/changes/transform.ts';
import type { App } from '../../state/app.svelte.ts';
import { perApp } from '../../state/perApp.svelte.ts';
import { text } from '../../text/text.ts';
import { added, copies } from '../../tools/edits.ts';

interface Copied {
  readonly projectId: ProjectId;
  readonly objects: readonly { readonly object: Annotation; readonly className: string }[];
}

/** Pasted objects move a little, so that they are seen. */
export const PASTE_OFFSET = 10;
const newId = () => crypto.randomUUID() as AnnotationId;

const clipboardOf = perApp((): { copied: Copied | null } => ({ copied: null }));

export function copySelection(app: App): void {
  const { session, document, tools, toasts } = app;
  if (!session.scope) return;
  clipboardOf(app).copied = {
    projectId: session.scope.id,
    objects: document.selected.map((object) => ({ object, className: tools.nameOf(object) })),
  };
  toasts.say(text.label.live.copied(document.selected.length));
}

/** Whether something was copied in this window. */
export const hasCopied = (app: App): boolean => clipboardOf(app).copied !== null;

/** Pastes into the open image; classes that the project does not have are offered to be added first. */
export function paste(app: App): boolean {
  const { copied } = clipboardOf(app);
  const { session, toasts } = app;
  if (!session.scope) return false;
  if (!copied) {
    toasts.show(text.label.live.pasteNothing);
    return true;
  }
  const { objects, missing } = inProject(copied, session.scope.id, session.categories);
  if (missing.length === 0) {
    place(app, objects);
    return true;
  }
  toasts.show(text.label.live.pasteUnknown(missing), {
    action: { label: text.label.live.pasteAdd(missing), run: () => void addAndPaste(app, missing) },
  });
  return true;
}

/** The copied objects with this project's classes, and names of classes that it does not have. */
export function inProject(
  copied: Copied,
  projectId: ProjectId,
  categories: readonly { readonly id: CategoryId; readonly name: string }[],
): { objects: Annotation[]; missing: string[] } {
  const objects: Annotation[] = [];
  const missing = new Set<string>();
  for (const { object, className } of copied.objects) {
    const own = categories.find(({ name }) => keyOf(name) === keyOf(className));
    // Within a project the number is the class, whatever it is called by now.
    if (copied.projectId === projectId) objects.push(object);
    else if (own) objects.push({ ...object, categoryId: own.id, runId: null });
    else missing.add(className);
  }
  return { objects, missing: [...missing] };
}

const keyOf = (name: string) => name.trim().normalize('NFC').toLowerCase();

async function addAndPaste(app: App, names: readonly string[]): Promise<void> {
  const { session } = app;
  const worked = await app.attempt(async () => {
    const { categories } = await session.call('category.add', { names });
    session.setCategories(categories);
  });
  if (worked) paste(app);
}

function place({ document, viewport, toasts }: App, objects: readonly Annotation[]): void {
  const { width, height } = viewport.image;
  const isHere = objects.some((object) => document.annotations.has(object.id));
  // An image of another size takes what lies inside it, at the same pixels.
  const made = copies(objects, document.ordered, newId, (mask) => {
    const placed = isHere ? moveMask(mask, PASTE_OFFSET, PASTE_OFFSET) : mask;
    return placed.width === width && placed.height === height
      ? placed
      : packCrop(cropOf(placed), width, height);
  }).filter((object) => object.area > 0);
  if (made.length === 0) return toasts.show(text.label.live.pasteEmpty);
  document.commit({ label: text.label.history.paste(made.length), changes: made.map(added) });
  document.select(made.map((object) => object.id));
}
