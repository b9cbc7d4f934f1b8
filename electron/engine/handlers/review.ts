// Review of proposals: lists, decisions in bulk, thresholds over the data set.
import { publishChanged } from '../commits.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import { changedImages } from '../corrections/stored.ts';
import { mediaUrl } from '../media/mediaUrl.ts';
import { paramsOf } from '../opening/opening.ts';
import { createArrangements } from '../review/arrange.ts';
import { listCategories } from '../project/classes/categories.ts';
import { decideByIds, decideWhere } from '../review/decide.ts';
import { countRethreshold } from '../review/countRethreshold.ts';
import { applyRethreshold } from '../review/rethreshold.ts';
import { countWhere, listReview, proposalsWhere } from '../review/select.ts';

export function reviewHandlers(context: EngineContext): HandlerGroup<'review'> {
  const arrangements = createArrangements(context.newId);
  return {
    async 'review.arrange'(query, call) {
      return arrangements.arrange(context.open.get(), query, call.signal);
    },
    async 'review.page'(wanted) {
      const items = arrangements.page(context.open.get(), wanted, (id) =>
        mediaUrl(context, 'crop', id),
      );
      return { items };
    },
    async 'review.list'(query) {
      const project = context.open.get();
      const changed = query.order === 'change' ? changedImages(project, paramsOf(project)) : [];
      return listReview(project.store, query, (id) => mediaUrl(context, 'crop', id), changed);
    },
    async 'review.decide'(input, call) {
      const project = context.open.writable();
      return decideByIds(context, project, input.ids, { decision: input, clientId: call.clientId });
    },
    async 'review.acceptAbove'({ categoryIds, match, dryRun }, call) {
      const project = dryRun ? context.open.get() : context.open.writable();
      const where = proposalsWhere({ categoryIds, minMatch: match, maxMatch: 1, jobId: null });
      // Hand-made proposals have no match and are not accepted by a number.
      const sql = `${where.sql} AND annotation.match IS NOT NULL`;
      const counts = countWhere(project.store, { sql, values: where.values });
      if (!dryRun)
        decideWhere(
          context,
          project,
          { sql, values: where.values },
          { decision: { decision: 'accept' }, clientId: call.clientId },
        );
      return counts;
    },
    async 'review.clean'({ dryRun, tiles, ...request }, call) {
      const { signal, clientId } = call;
      const onProgress = (done: number, total: number) =>
        call.progress({ stage: 'Clean up', done, total });
      const { applyCleaning, countCleaning } = await import('../review/cleanClass.ts');
      const project = dryRun ? context.open.get() : context.open.writable();
      if (dryRun)
        return countCleaning(context, project, { ...request, tiles }, { signal, onProgress });
      const name = listCategories(project.store).find(({ id }) => id === request.categoryId)?.name;
      const label = `Clean up ${name ?? ''}`;
      return applyCleaning(context, project, request, { signal, clientId, label, onProgress });
    },
    async 'review.rethreshold'({ thresholds, dryRun }, call) {
      if (dryRun) return countRethreshold(context.open.get(), thresholds);
      const project = context.open.writable();
      const result = await applyRethreshold(context, project, thresholds, {
        signal: call.signal,
        clientId: call.clientId,
        onProgress: (done, total) => call.progress({ stage: 'Apply thresholds', done, total }),
      });
      publishChanged(context, project);
      return result;
    },
  };
}
