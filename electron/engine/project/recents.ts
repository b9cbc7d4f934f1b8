// Recently opened projects: where they lie and what the start screen shows of them without opening.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import * as v from 'valibot';

export const recentEntries = v.array(
  v.object({
    file: v.string(),
    folder: v.string(),
    /** Device and number of the folder: the same after a rename or a move on one disk. */
    folderIdentity: v.nullable(v.string()),
    name: v.string(),
    images: v.number(),
    reviewed: v.number(),
    openedAt: v.string(),
    /** Names of the images of the cover strip. */
    covers: v.array(v.string()),
    /** Stands first until a person lets it go. */
    pinned: v.optional(v.boolean(), false),
  }),
);

export type RecentEntry = v.InferOutput<typeof recentEntries>[number];

const MAX_RECENT = 50;

/** Stands for a recent project in media paths. */
export function recentKey(entry: Pick<RecentEntry, 'file'>): string {
  return createHash('sha256').update(entry.file).digest('hex').slice(0, 24);
}

/** The list with `entry` in front; it stays pinned if it was, and pinned ones are never pushed off. */
export function withRecent(
  list: readonly RecentEntry[],
  entry: Omit<RecentEntry, 'pinned'>,
): RecentEntry[] {
  const before = list.find((other) => other.file === entry.file);
  const all = [
    { ...entry, pinned: before?.pinned ?? false },
    ...list.filter((other) => other !== before),
  ];
  const room = MAX_RECENT - all.filter((one) => one.pinned).length;
  let kept = 0;
  return all.filter((one) => one.pinned || (kept += 1) <= room);
}

/** Pinned ones first, each kind in the order of the list. */
export function inShownOrder(list: readonly RecentEntry[]): RecentEntry[] {
  return [...list.filter((one) => one.pinned), ...list.filter((one) => !one.pinned)];
}

/** Device and inode of a folder, or null when it is not there. */
export async function folderIdentity(folder: string): Promise<string | null> {
  try {
    const info = await stat(folder, { bigint: true });
    return info.isDirectory() ? `${info.dev}:${info.ino}` : null;
  } catch {
    // Not there or not readable: it has no identity to compare.
    return null;
  }
}

/**
 * The project of `folder` under another name: a recent project whose folder is gone and whose
 * identity is this folder's. Null when there is none.
 */
export async function movedProject(
  list: readonly RecentEntry[],
  folder: string,
): Promise<RecentEntry | null> {
  const identity = await folderIdentity(folder);
  if (identity === null) return null;
  for (const entry of list) {
    if (entry.folderIdentity !== identity || entry.folder === folder) continue;
    if ((await folderIdentity(entry.folder)) === null) return entry;
  }
  return null;
}
