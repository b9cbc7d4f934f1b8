// How one program asks another for a project's lock: two small files beside the project. The asker writes
// its question, the holder its answer; whoever gets the lock removes both. The lock alone decides who writes.
import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { writeWhole } from '../../../files/wholeFile.ts';

/** `because` tells why the project is kept for now; null = it is let go. */
export interface Answer {
  readonly because: string | null;
}

const questionPath = (projectPath: string) => `${projectPath}-ask`;
const answerPath = (projectPath: string) => `${projectPath}-answer`;

/** A longer file is no question of this program. */
const MOST_LETTERS = 2000;

/** Asks; the id tells this question's answer from an older one's. */
export async function writeQuestion(projectPath: string): Promise<string> {
  const id = randomUUID();
  await writeWhole(questionPath(projectPath), JSON.stringify({ id }), { sync: false });
  return id;
}

/** Id of the question that lies there; null = nobody asks. */
export async function readQuestion(projectPath: string): Promise<string | null> {
  const read = await readSmall(questionPath(projectPath));
  return typeof read?.['id'] === 'string' ? read['id'] : null;
}

export async function writeAnswer(projectPath: string, id: string, answer: Answer): Promise<void> {
  await writeWhole(answerPath(projectPath), JSON.stringify({ id, ...answer }), { sync: false });
}

/** The answer to the question `id`; null = none yet. */
export async function readAnswer(projectPath: string, id: string): Promise<Answer | null> {
  const read = await readSmall(answerPath(projectPath));
  if (read?.['id'] !== id) return null;
  return { because: typeof read['because'] === 'string' ? read['because'] : null };
}

/** Takes question and answer away. With an `id` only that question's: another asker may have come since. */
export async function removeQuestion(projectPath: string, id?: string): Promise<void> {
  if (id !== undefined && (await readQuestion(projectPath)) !== id) return;
  for (const path of [questionPath(projectPath), answerPath(projectPath)])
    await rm(path, { force: true }).catch(() => undefined);
}

async function readSmall(path: string): Promise<Record<string, unknown> | null> {
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > MOST_LETTERS) return null;
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    // Not there, or being replaced this moment: the next look finds it.
    return null;
  }
}
