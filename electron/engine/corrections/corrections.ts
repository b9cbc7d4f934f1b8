// Corrections from end to end: settings are compared, what comes of it is kept, and how adopted ones do on images
// that were finished later is looked at.
import type { CorrectionPair, SinceThen } from '../../api/corrections/corrections.ts';
import { AppError } from '../../api/errors.ts';
import type { PrelabelParams } from '../../api/run.ts';
import { publishChanged } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import { heldOut } from '../learn/heldOut.ts';
import { mediaUrl } from '../media/mediaUrl.ts';
import { paramsOf } from '../opening/opening.ts';
import { packsFor } from '../packs/enginePacks.ts';
import { packOf } from '../packs/packs.ts';
import { checkedParams, engineOf } from '../prelabel/params.ts';
import { annotationsOf } from '../project/annotations.ts';
import { listCategories } from '../project/classes/categories.ts';
import { imageRecord } from '../project/images/images.ts';
import type { Project } from '../project/project.ts';
import { remade } from '../review/remake.ts';
import { collectEvidence, type Present } from './evidence/evidence.ts';
import { createScores, type Watch } from './evidence/scores.ts';
import { fitCorrections } from './fit.ts';
import { gainOf, PRICE } from './fit/search.ts';
import { settingOf } from './fit/setting.ts';
import { openChanges, untouchedOf } from './openImages.ts';
import {
  decideFit,
  isFor,
  isInUse,
  keepFit,
  latestFit,
  latestOf,
  type KeptFit,
  type StoredFit,
} from './stored.ts';

/** What the project would run today. Throws PACK_UNKNOWN. */
export async function presentOf(context: EngineContext, project: Project): Promise<Present> {
  const own = paramsOf(project);
  const packs = await packsFor(context, engineOf(own), await packOf(context, project));
  return {
    packs,
    params: checkedParams(own, packs.explain.parameters),
    categories: listCategories(project.store),
  };
}

/** Compares settings and keeps what was found. */
export async function compareSettings(
  context: EngineContext,
  project: Project,
  { harder }: { readonly harder: boolean },
  watch: Watch,
): Promise<void> {
  const params = JSON.stringify(paramsOf(project));
  const present = await presentOf(context, project);
  const answered = latestOf(project, 'declined');
  const edges = answered?.fit.report.verdict !== 'edges' || answered.fit.params !== params;
  const { report, overrides } = await fitCorrections(context, {
    project,
    present,
    request: { harder, edges },
    watch,
  });
  const then = checkedParams(
    withOverrides(paramsOf(project), overrides),
    present.packs.explain.parameters,
  );
  const suggests = report.verdict === 'offer' || report.verdict === 'edges';
  const { open, changes } = suggests
    ? await openChanges(context, project, then.masks, { present, watch })
    : { open: { images: 0, looked: 0, changed: 0, withoutMaps: 0 }, changes: [] };
  await lookSince(context, project, present, watch);
  watch.signal.throwIfAborted();
  const at = context.clock.now().toISOString();
  const before = settingOf(present.params.masks);
  keepFit(project, { report: { ...report, at, open }, overrides, params, before, changes });
  publishChanged(context, project);
}

export const withOverrides = (
  params: PrelabelParams,
  overrides: StoredFit['overrides'],
): PrelabelParams => ({ ...params, overrides: { ...params.overrides, ...overrides } });

/** Clearly worse, and on enough images: going back earlier was always wrong. */
const BACK_AFTER = 10;
const CLEARLY = 2;

/** How the settings that are in use since a suggestion do, beside those before it, on images finished later. */
async function lookSince(
  context: EngineContext,
  project: Project,
  present: Present,
  watch: Watch,
): Promise<void> {
  const used = latestOf(project, 'used');
  if (!used) return;
  const { id, fit } = used;
  if (!fit.usedAt || fit.report.verdict !== 'offer' || !isInUse(fit, paramsOf(project))) return;
  const { usedAt, before } = fit;
  const { rows } = await collectEvidence(context, project, present, watch);
  const later = rows.filter(({ reviewedAt }) => reviewedAt > usedAt);
  const table = createScores(context, project, later, { present, watch });
  const now = settingOf(present.params.masks);
  await table.know([before, now]);
  const searched = { table, now: before, room: { stuff: false, passes: false }, price: PRICE };
  const { images, up, down, mean, error } = heldOut(
    later.map((_, image) => gainOf(searched, image, now)),
  );
  const back = images >= BACK_AFTER && mean < -CLEARLY * error;
  const since: SinceThen = { images, up, down, back };
  decideFit(project, { id, fit: { ...fit, since } }, 'used');
}

/** A suggestion that is there to be used. Throws BAD_REQUEST. */
export function suggestion(project: Project): KeptFit {
  const kept = latestFit(project);
  if (kept && Object.keys(kept.fit.overrides).length > 0 && isFor(kept.fit, paramsOf(project)))
    return kept;
  throw new AppError(
    'BAD_REQUEST',
    'No settings are suggested for those in use now. Compare settings again in Tune.',
  );
}

/** Open images that a suggestion changes most, before and after. */
export async function changedPairs(
  context: EngineContext,
  project: Project,
  { cursor, limit }: { readonly cursor: number; readonly limit: number },
  { signal, onProgress }: { signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<{ total: number; pairs: CorrectionPair[] }> {
  const { overrides, changes } = suggestion(project).fit;
  const params = withOverrides(paramsOf(project), overrides);
  const pairs: CorrectionPair[] = [];
  const page = changes.slice(cursor, cursor + limit);
  for (const [done, { imageId, runId, change }] of page.entries()) {
    onProgress(done, page.length);
    const mine = untouchedOf(annotationsOf(project.store, imageId), runId);
    const fresh =
      mine.length === 0
        ? null
        : await remade(context, project, { runId, params, thresholds: {} }, signal);
    if (!fresh) continue;
    const { name, width, height } = imageRecord(project.store, imageId);
    const ids = new Set(mine.map(({ categoryId }) => categoryId));
    const shown = (masks: typeof mine) =>
      masks
        .filter(({ categoryId }) => ids.has(categoryId))
        .map(({ categoryId, mask }) => ({ categoryId, mask }));
    pairs.push({
      imageId,
      name,
      width,
      height,
      change,
      url: mediaUrl(context, 'scaled', imageId),
      before: shown(mine),
      after: shown(fresh.proposals),
    });
  }
  return { total: changes.length, pairs };
}
