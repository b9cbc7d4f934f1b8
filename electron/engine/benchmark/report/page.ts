// The page of a report for a person to look at: where it lies, that it begins as this program writes it, and how a
// browser is told to treat it.
import { open, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../api/errors.ts';
import type { JobId } from '../../../api/types.ts';
import type { Project } from '../../project/project.ts';
import { PAGE_START } from './html.ts';
import { reportedJob } from './remembered.ts';
import { PAGE_FILE } from './write.ts';

/** For a host that serves the page: a file beside somebody's project runs nothing and fetches nothing. */
export const PAGE_POLICY = [
  'sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page of a job's report; null where the job is no benchmark. */
export function reportPage(project: Project, id: JobId): string | null {
  return reportedJob(project) === id ? join(dirname(project.store.path), PAGE_FILE) : null;
}

/** Size and time of a page that begins as this program writes it; else the reason why it is not opened. */
export async function pageFacts(
  path: string,
): Promise<{ readonly size: number; readonly mtimeMs: number } | string> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) return `${path} is gone; run the same command again to write it anew.`;
  await using file = await open(path, 'r');
  const start = Buffer.alloc(Buffer.byteLength(PAGE_START));
  await file.read(start, 0, start.length, 0);
  if (start.toString('utf8') !== PAGE_START)
    return `${path} does not begin as a report of this program does and may hold anything; open it yourself if you trust it.`;
  return { size: info.size, mtimeMs: info.mtimeMs };
}

/** The page of a job, sound. Throws BAD_REQUEST with what is wrong. */
export async function soundPage(project: Project, id: JobId): Promise<string> {
  const path = reportPage(project, id);
  if (path === null) throw new AppError('BAD_REQUEST', 'This job has no benchmark report.');
  const facts = await pageFacts(path);
  if (typeof facts === 'string') throw new AppError('BAD_REQUEST', facts);
  return path;
}
