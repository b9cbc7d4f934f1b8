// The built page for end-to-end tests: built once when its sources are newer, shared by all workers.
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildPage, isPageStale } from '../../../build/bundle/page.ts';

const ROOT = join(import.meta.dirname, '../../..');
const PAGE = join(ROOT, 'dist', 'renderer');
const LOCK = join(ROOT, 'dist', '.page-lock');

/** Folder with the built page; SALIENCE_PAGE names another one. */
export async function builtPage(): Promise<string> {
  const given = process.env['SALIENCE_PAGE'];
  if (given) return given;
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(LOCK);
      break;
    } catch (error) {
      // Another worker builds; a lock older than two minutes belongs to nobody.
      if (waited > 600) throw error;
      await sleep(200);
      const age = Date.now() - (statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > 120_000) rmSync(LOCK, { recursive: true, force: true });
    }
  }
  try {
    if (isPageStale()) await buildPage();
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
  return PAGE;
}
