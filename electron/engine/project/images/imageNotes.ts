// Tags and the note of an image: a row only where there is one of them.
import { classKey } from '../../../api/rules/classNames.ts';
import type { Note } from '../../../api/rules/fields/fields.ts';
import { isTagList } from '../../../api/rules/fields/values.ts';
import type { ImageId } from '../../../api/types.ts';
import type { Store } from '../database/store.ts';
import { storedAs } from '../database/storedJson.ts';

export interface ImageNotes {
  readonly tags: readonly string[];
  readonly note: Note | null;
}

interface NoteRow {
  readonly tags: string;
  readonly note: string;
  readonly talk: number;
}

export function notesOf(store: Store, imageId: ImageId): ImageNotes {
  const row = store.get<NoteRow>(
    'SELECT tags, note, talk FROM image_note WHERE image_id = ?',
    imageId,
  );
  return row ? toNotes(row, imageId) : { tags: [], note: null };
}

/** Notes of up to a page of images; those without any are not in it. */
export function notesOfAll(store: Store, ids: readonly number[]): Map<number, ImageNotes> {
  const rows = store.all<NoteRow & { image_id: number }>(
    'SELECT * FROM image_note WHERE image_id IN (SELECT value FROM json_each(?))',
    JSON.stringify(ids),
  );
  return new Map(rows.map((row) => [row.image_id, toNotes(row, row.image_id)]));
}

function toNotes({ tags, note, talk }: NoteRow, imageId: number): ImageNotes {
  const isThere = note !== '' || talk === 1;
  return {
    tags: storedAs(tags, isTagList, `the list of tags of image ${imageId}`),
    note: isThere ? { text: note, talk: talk === 1 } : null,
  };
}

export function writeNotes(store: Store, imageId: ImageId, { tags, note }: ImageNotes): void {
  if (tags.length === 0 && note === null) {
    store.run('DELETE FROM image_note WHERE image_id = ?', imageId);
    return;
  }
  store.run(
    `INSERT INTO image_note(image_id, tags, note, talk) VALUES (?, ?, ?, ?)
     ON CONFLICT(image_id) DO UPDATE SET tags = excluded.tags, note = excluded.note, talk = excluded.talk`,
    imageId,
    JSON.stringify(tags),
    note?.text ?? '',
    Number(note?.talk ?? false),
  );
}

export interface TagCount {
  readonly tag: string;
  readonly images: number;
}

/** Tags of the project, those of most images first; spellings of one tag count together. */
export function tagCounts(store: Store, most: number): TagCount[] {
  const rows = store.all<{ tag: string; n: number }>(
    `SELECT t.value AS tag, count(*) AS n FROM image_note, json_each(image_note.tags) AS t
     GROUP BY t.value ORDER BY n DESC, t.value`,
  );
  const counts = new Map<string, TagCount>();
  for (const { tag, n } of rows) {
    const known = counts.get(classKey(tag));
    counts.set(classKey(tag), { tag: known?.tag ?? tag, images: (known?.images ?? 0) + n });
  }
  return [...counts.values()].sort((a, b) => b.images - a.images).slice(0, most);
}
