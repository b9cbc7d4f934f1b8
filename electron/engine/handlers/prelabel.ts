// Pre-labelling the open image: run, masks again, maps, suggestions.
import { commitOne, publishChanged } from '../commits.ts';
import type { CategoryId, ImageId } from '../../api/types.ts';
import type { EngineContext, HandlerGroup } from '../context.ts';
import { infoOf } from '../../link/engines/description.ts';
import { ENGINES } from '../../link/engines/engines.ts';
import type { Json } from '../../api/types.ts';
import { paramsOf } from '../opening/opening.ts';
import { knowImage } from '../images/imageFiles.ts';
import { choiceOf, findPack, packOf } from '../packs/packs.ts';
import {
  checkedParams,
  engineOf,
  INSTANCES,
  matchingParams,
  REFINE,
  STUFF_EDGES,
} from '../prelabel/params.ts';
import { prelabelImage } from '../prelabel/prelabel.ts';
import { lookByEngine } from '../prelabel/looking/engine.ts';
import { lookAtPatch } from '../prelabel/looking/patch.ts';
import { presentRun } from '../prelabel/present.ts';
import { commitReapplied } from '../prelabel/reapplyStep.ts';
import { promptPictures } from '../media/prompts.ts';
import { proposalChanges } from '../prelabel/proposals.ts';
import { proposing } from '../prelabel/record.ts';
import { mixedRun, openRun, reapply } from '../prelabel/reapply.ts';
import type { Annotation } from '../../api/types.ts';
import { annotationsOf, recount } from '../project/annotations.ts';
import type { Project } from '../project/project.ts';
import { latestTimes, saveRun } from '../project/runs.ts';
import { setFoundNothing } from '../project/images/imageFacts.ts';

export function prelabelHandlers(context: EngineContext): HandlerGroup<'prelabel' | 'mask'> {
  /** Puts proposals in place of earlier ones of the same classes; what a person touched stays. */
  const propose = (
    project: Project,
    imageId: ImageId,
    proposals: readonly Annotation[],
    { asked, clientId }: { asked: ReadonlySet<CategoryId>; clientId: string },
  ): void => {
    const changes = proposalChanges(annotationsOf(project.store, imageId), proposals, {
      kind: 'classes',
      categoryIds: asked,
    });
    setFoundNothing(project.store, imageId, proposals.length === 0);
    if (changes.length === 0) {
      recount(project.store, imageId);
      // Nothing found is news too: the image has another state now.
      return publishChanged(context, project);
    }
    commitOne(context, project, proposing(context, imageId, changes), {
      clientId,
      keepChanges: false,
    });
  };

  return {
    async 'prelabel.run'({ imageId, classes, params, commit, aside }, call) {
      const project = commit ? context.open.writable() : context.open.get();
      const pack = await packOf(context, project);
      const outcome = await context.open.jobs().interactive(() =>
        prelabelImage(
          context,
          project,
          {
            imageId,
            pack,
            classes,
            params,
            thresholds: {},
            draft: false,
            priority: 'interactive',
            aside,
          },
          { signal: call.signal, onProgress: (progress) => call.progress(progress) },
        ),
      );
      call.signal.throwIfAborted();
      if (commit)
        propose(project, imageId, outcome.proposals, {
          asked: new Set(classes.map(({ categoryId }) => categoryId)),
          clientId: call.clientId,
        });
      return { run: presentRun(project, outcome.run), proposals: outcome.proposals };
    },
    async 'prelabel.reapply'(input, call) {
      const { runId, params, thresholds, draft, commit, only, step, keepParams, ...wanted } = input;
      const project = commit ? context.open.writable() : context.open.get();
      const startMs = context.clock.elapsedMs();
      const open = await openRun(context, project, runId, {
        params,
        thresholds,
        draft,
        signal: call.signal,
      });
      const { run, proposals, maps, looks } = await reapply(
        context,
        project,
        { ...wanted, open, params, only },
        { signal: call.signal, onProgress: (progress) => call.progress(progress) },
      );
      call.signal.throwIfAborted();
      if (commit) {
        const classes = new Set(only ?? run.classes.map(({ categoryId }) => categoryId));
        const kept = only ? mixedRun(open.run, run, classes) : run;
        const save = () =>
          saveRun(
            project.store,
            kept,
            { thresholds: open.thresholds, looks },
            context.clock.now().toISOString(),
          );
        if (step === undefined) {
          save();
          propose(project, run.imageId, proposals, { asked: classes, clientId: call.clientId });
        } else
          commitReapplied(
            context,
            project,
            {
              label: step,
              run: kept,
              proposals,
              classes,
              thresholds,
              params: keepParams ? params : null,
              save,
            },
            call.clientId,
          );
      }
      return {
        run: presentRun(project, run),
        proposals,
        maps,
        milliseconds: context.clock.elapsedMs() - startMs,
      };
    },
    async 'prelabel.maps'({ runId, params, thresholds = {}, requests, maxSide }, call) {
      const project = context.open.get();
      const open = await openRun(context, project, runId, {
        params,
        thresholds,
        draft: false,
        signal: call.signal,
      });
      const needsModel = requests.some((request) => request.kind === 'layerHead');
      const pack = needsModel ? await findPack(context, open.run.packId) : null;
      return context.link.request(
        'prelabel.maps',
        {
          imagePath: open.image.path,
          runFile: open.runFile,
          pack: pack && choiceOf(context, pack),
          options: open.options,
          requests,
          maxSide,
        },
        { signal: call.signal, onProgress: (progress) => call.progress(progress) },
      );
    },
    'prelabel.look': (input, call) => lookByEngine(context, input, call),
    'prelabel.patch': (input, call) => lookAtPatch(context, input, call),
    'prelabel.prompts'({ runId }) {
      const pictures = promptPictures(context, context.open.get(), runId);
      return Promise.resolve({ pictures });
    },
    async 'prelabel.settings'({ params }) {
      const pack = await packOf(context, context.open.get());
      const { engine, explain, masks, instances, refine, stuffEdges } = checkedParams(
        params,
        pack.parameters,
      );
      return {
        values: Object.fromEntries([
          ...Object.entries<Json>({ ...explain }).map(
            ([name, value]) => [`${engine}.${name}`, value] as const,
          ),
          ...Object.entries(masks).map(([name, value]) => [`masks.${name}`, value] as const),
          [INSTANCES, instances] as const,
          [REFINE, refine ?? 'off'] as const,
          [STUFF_EDGES, stuffEdges ?? false] as const,
        ]),
        engine: infoOf(engineOf(params)),
      };
    },
    'prelabel.engines': () => {
      const measured = latestTimes(context.open.get().store);
      const engines = ENGINES.map((engine) => ({
        ...infoOf(engine),
        measuredMs: measured.get(engine.id) ?? null,
      }));
      return Promise.resolve({ engines });
    },
    async 'prelabel.suggest'({ imageId, classes }, call) {
      const project = context.open.get();
      const pack = await packOf(context, project);
      const image = await knowImage(project, context.link, imageId, { signal: call.signal });
      const params = matchingParams(paramsOf(project), pack.parameters);
      return context.open.jobs().interactive(() =>
        context.link.request(
          'prelabel.suggest',
          {
            imagePath: image.path,
            pack: choiceOf(context, pack),
            classes,
            params: params.explain,
          },
          { signal: call.signal, onProgress: (progress) => call.progress(progress) },
        ),
      );
    },
    async 'mask.wand'({ imageId, x, y, tolerance, contiguous }, call) {
      const project = context.open.get();
      const image = await knowImage(project, context.link, imageId, { signal: call.signal });
      const mask = await context.link.request(
        'image.wand',
        { path: image.path, x, y, tolerance, contiguous },
        { signal: call.signal, onProgress: (progress) => call.progress(progress) },
      );
      return { mask };
    },
  };
}
