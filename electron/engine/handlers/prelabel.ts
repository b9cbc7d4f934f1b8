// Pre-labelling the open image: run, masks again, maps, suggestions.
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
import { makeReady } from '../prelabel/looking/ready.ts';
import { presentRun } from '../prelabel/present.ts';
import { keepAgain, propose } from '../prelabel/propose.ts';
import { promptPictures } from '../media/prompts.ts';
import { openRun, reapply } from '../prelabel/reapply.ts';
import { latestTimes } from '../project/runs.ts';

type Handlers = HandlerGroup<'prelabel' | 'mask'>;

export function prelabelHandlers(context: EngineContext): Handlers {
  return {
    ...runHandlers(context),
    ...evidenceHandlers(context),
    ...choiceHandlers(context),
    ...classHandlers(context),
  };
}

/** Masks of the open image: from the model, and again from what a run keeps. */
function runHandlers(
  context: EngineContext,
): Pick<Handlers, 'prelabel.run' | 'prelabel.ready' | 'prelabel.reapply'> {
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
            aside,
            thresholds: {},
            draft: false,
            priority: 'interactive',
          },
          { signal: call.signal, onProgress: (progress) => call.progress(progress) },
        ),
      );
      call.signal.throwIfAborted();
      const { run, proposals } = outcome;
      const asked = new Set(classes.map(({ categoryId }) => categoryId));
      const { clientId } = call;
      if (commit) propose(context, project, { imageId, proposals, asked, clientId });
      return { run: presentRun(project, run), proposals };
    },
    async 'prelabel.ready'({ imageId, params }, { signal }) {
      const project = context.open.get();
      await makeReady(context, project, { imageId, params }, { signal, priority: 'batch' });
      return {};
    },
    async 'prelabel.reapply'(input, call) {
      const { runId, params, thresholds, draft, commit, step: _, keepParams: __, ...rest } = input;
      const project = commit ? context.open.writable() : context.open.get();
      const startMs = context.clock.elapsedMs();
      const { signal, clientId } = call;
      const open = await openRun(context, project, runId, { params, thresholds, draft, signal });
      const made = await reapply(
        context,
        project,
        { ...rest, open, params },
        { signal, onProgress: (progress) => call.progress(progress) },
      );
      signal.throwIfAborted();
      if (commit) keepAgain(context, project, { input, open, made, clientId });
      const { run, proposals, maps } = made;
      const milliseconds = context.clock.elapsedMs() - startMs;
      return { run: presentRun(project, run), proposals, maps, milliseconds };
    },
  };
}

/** What a run shows of its reasons. */
function evidenceHandlers(
  context: EngineContext,
): Pick<Handlers, 'prelabel.maps' | 'prelabel.look' | 'prelabel.patch' | 'prelabel.prompts'> {
  return {
    async 'prelabel.maps'({ runId, params, thresholds = {}, requests, maxSide, ahead }, call) {
      const priority = ahead ? 'batch' : 'interactive';
      const project = context.open.get();
      const open = await openRun(context, project, runId, {
        params,
        thresholds,
        draft: false,
        signal: call.signal,
        priority,
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
        { signal: call.signal, priority, onProgress: (progress) => call.progress(progress) },
      );
    },
    'prelabel.look': (input, call) => lookByEngine(context, input, call),
    'prelabel.patch': (input, call) => lookAtPatch(context, input, call),
    'prelabel.prompts'({ runId }) {
      const pictures = promptPictures(context, context.open.get(), runId);
      return Promise.resolve({ pictures });
    },
  };
}

/** What a run may be asked with. */
function choiceHandlers(
  context: EngineContext,
): Pick<Handlers, 'prelabel.settings' | 'prelabel.engines'> {
  return {
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
  };
}

/** Classes and masks without a run. */
function classHandlers(context: EngineContext): Pick<Handlers, 'prelabel.suggest' | 'mask.wand'> {
  return {
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
    async 'mask.wand'({ imageId, x, y, tolerance, contiguous, sample }, call) {
      const project = context.open.get();
      const image = await knowImage(project, context.link, imageId, { signal: call.signal });
      const mask = await context.link.request(
        'image.wand',
        { path: image.path, x, y, tolerance, contiguous, sample },
        { signal: call.signal, onProgress: (progress) => call.progress(progress) },
      );
      return { mask };
    },
  };
}
