// A stored run as the page sees it today: stale when the model or the words have changed since.
import type { RunSummary } from '../../api/run.ts';
import { FIRST_ENGINE } from '../../link/engines/engines.ts';
import { listCategories } from '../project/classes/categories.ts';
import type { Project } from '../project/project.ts';
import type { StoredRun } from '../project/runs.ts';

/** The summary with its state of freshness. */
export function presentRun(project: Project, run: StoredRun): RunSummary {
  const { packHash: _hash, cacheKey: _key, words, ...summary } = run;
  const packId = project.meta('packId');
  const now = new Map(
    listCategories(project.store).map((category) => [
      category.id,
      category.prompt || category.name,
    ]),
  );
  const stale =
    // The other engines choose their models by themselves.
    (run.engine === FIRST_ENGINE && packId !== null && packId !== run.packId) ||
    run.classes.some(({ categoryId }) => now.get(categoryId) !== words[categoryId]);
  return { ...summary, stale };
}
