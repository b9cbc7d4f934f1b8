// Tags and notes of images: one step over all that are named, undone at once.
import { AppError } from '../../api/errors.ts';
import type { NotesChange } from '../../api/methods/notes.ts';
import { MAX_TAGS, type Note } from '../../api/rules/fields/fields.ts';
import { classKey } from '../../api/rules/classNames.ts';
import { isNoNote, tidiedTags } from '../../api/rules/fields/values.ts';
import { commitParts, type Step } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { notesOf, writeNotes, type ImageNotes } from '../project/images/imageNotes.ts';
import { imageRow } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';

/** How many images changed. Throws IMAGE_UNKNOWN, BAD_REQUEST for more tags than an image can have. */
export function setNotes(
  context: EngineContext,
  project: Project,
  change: NotesChange,
  clientId: string,
): number {
  const { store } = project;
  const label = labelOf(change);
  const parts = change.imageIds.flatMap((imageId): Step[] => {
    const { name } = imageRow(store, imageId);
    const before = notesOf(store, imageId);
    const after = changed(before, change);
    if (after.tags.length > MAX_TAGS)
      throw new AppError(
        'BAD_REQUEST',
        `${name} would have ${after.tags.length} tags; an image has ${MAX_TAGS} at most. Take others off first.`,
      );
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [
      {
        label,
        origin: 'user',
        imageId,
        transactions: [],
        rows: [['image_note', imageId]],
        work: () => writeNotes(store, imageId, after),
      },
    ];
  });
  if (parts.length > 0) commitParts(context, project, parts, clientId);
  return parts.length;
}

function changed({ tags, note }: ImageNotes, change: NotesChange): ImageNotes {
  const off = new Set(change.remove.map(classKey));
  const kept = tags.filter((tag) => !off.has(classKey(tag)));
  const wanted: Note | null = change.note ?? note;
  return {
    tags: tidiedTags([...kept, ...change.add]),
    note: wanted === null || isNoNote(wanted) ? null : { text: wanted.text, talk: wanted.talk },
  };
}

function labelOf({ add, remove, note }: NotesChange): string {
  if (note !== null) return 'Note on the image';
  const tags = [...add, ...remove];
  const named = tags.length === 1 ? `the tag ${tags[0]!}` : `${tags.length} tags`;
  return remove.length > 0 && add.length === 0 ? `Remove ${named}` : `Set ${named}`;
}
