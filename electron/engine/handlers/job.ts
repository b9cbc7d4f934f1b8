// Batch jobs from the page: counts and previews before, control and reports after.
import { spread } from '../../api/rules/spread.ts';
import type { Input, Output } from '../../api/methods.ts';
import type { Call, EngineContext, HandlerGroup } from '../context.ts';
import { AppError } from '../../api/errors.ts';
import { mediaUrl } from '../media/mediaUrl.ts';
import { promptClasses, requestParams } from '../jobs/item.ts';
import { countRequest, selectedImages } from '../jobs/selection.ts';
import { jobFailures } from '../jobs/items.ts';
import { findPack } from '../packs/packs.ts';
import { prelabelImage } from '../prelabel/prelabel.ts';
import { seenClasses } from '../prelabel/looking/seenClasses.ts';
import { presentRun } from '../prelabel/present.ts';
import { edgeSummary } from '../project/runEdges.ts';
import { imageRecord } from '../project/images/images.ts';

/** Edges that stayed, of which a report tells one by one. */
const KEPT_SHOWN = 50;

export function jobHandlers(context: EngineContext): HandlerGroup<'job'> {
  const jobs = () => context.open.jobs();
  return {
    'job.preview': (asked, call) => preview(context, asked, call),
    async 'job.count'({ request }) {
      return countRequest(context.open.get().store, request);
    },
    async 'job.start'({ request }) {
      return { job: await jobs().start(request, 'app') };
    },
    async 'job.pause'({ id }) {
      return { job: jobs().pause(id) };
    },
    async 'job.resume'({ id }) {
      return { job: jobs().resume(id) };
    },
    async 'job.cancel'({ id }) {
      return { job: jobs().cancel(id) };
    },
    async 'job.remove'({ id }) {
      jobs().remove(id);
      return {};
    },
    async 'job.list'() {
      return { jobs: jobs().list() };
    },
    async 'job.failures'({ id, cursor, limit }) {
      jobs().status(id);
      return jobFailures(context.open.get().store, id, cursor, limit);
    },
    async 'job.edges'({ id }) {
      jobs().status(id);
      return { edges: edgeSummary(context.open.get().store, [id], KEPT_SHOWN) };
    },
    async 'job.retryFailed'({ id }) {
      return { job: jobs().retryFailed(id) };
    },
    async 'job.benchmark'({ id }) {
      const { benchmarkSummary } = await import('../benchmark/report/summary.ts');
      return { benchmark: await benchmarkSummary(context, context.open.get(), id) };
    },
    async 'job.openReport'({ id }) {
      const { openPage } = context.host;
      if (!openPage)
        throw new AppError('BAD_REQUEST', 'This window cannot open files of the computer.');
      const { soundPage } = await import('../benchmark/report/page.ts');
      openPage(await soundPage(context.open.get(), id));
      return {};
    },
  };
}

/** Runs a few images of a request and keeps nothing. */
async function preview(
  context: EngineContext,
  { request, sample }: Input<'job.preview'>,
  call: Call<'job.preview'>,
): Promise<Output<'job.preview'>> {
  const project = context.open.get();
  const pack = await findPack(context, request.packId);
  const chosen = spread(selectedImages(project.store, request), sample);
  const startMs = context.clock.elapsedMs();
  let provider = '';
  const images = [];
  for (const [index, imageId] of chosen.entries()) {
    call.progress({ stage: 'Preview', done: index, total: chosen.length });
    const outcome = await context.open.jobs().interactive(async () => {
      const { signal } = call;
      const priority = 'interactive';
      const all = promptClasses(project, request, imageId);
      const asked = { request, imageId, pack, classes: all };
      const classes = await seenClasses(context, project, asked, { signal, priority });
      const params = requestParams(request);
      const { thresholds } = request;
      return prelabelImage(
        context,
        project,
        { imageId, pack, classes, params, thresholds, draft: false, priority },
        { signal },
      );
    });
    provider = outcome.run.provider;
    images.push({
      image: imageRecord(project.store, imageId),
      url: mediaUrl(context, 'scaled', imageId),
      run: presentRun(project, outcome.run),
      proposals: outcome.proposals,
    });
  }
  const seconds = (context.clock.elapsedMs() - startMs) / 1000;
  const { images: total, proposalsReplaced, skipped } = countRequest(project.store, request);
  return {
    images,
    secondsPerImage: images.length === 0 ? 0 : seconds / images.length,
    provider,
    changes: { images: total, proposalsReplaced, skipped },
  };
}
