// One engine on one image for a person who compares: its masks, its maps and what it left out, nothing written.
import type { Input, Output } from '../../../api/methods.ts';
import type { LookMap } from '../../../api/run.ts';
import type { Call, EngineContext } from '../../context.ts';
import { packOf } from '../../packs/packs.ts';
import { RUN_EXTENSION } from '../keptMaps.ts';
import { workOnImage, type ImageWork } from '../prelabel.ts';

export async function lookByEngine(
  context: EngineContext,
  asked: Input<'prelabel.look'>,
  call: Call<'prelabel.look'>,
): Promise<Output<'prelabel.look'>> {
  const project = context.open.get();
  const pack = await packOf(context, project);
  const watch = {
    signal: call.signal,
    onProgress: (progress: Parameters<typeof call.progress>[0]) => call.progress(progress),
  };
  const request = {
    ...asked,
    pack,
    thresholds: {},
    draft: false,
    priority: 'interactive',
  } as const;
  const { work, maps } = await context.open.jobs().interactive(async () => {
    const done = await workOnImage(context, project, request, watch);
    return { work: done, maps: await mapsOf(context, done, call.signal) };
  });
  const { run, masks } = work;
  return {
    engine: run.engine,
    packName: run.packName,
    masks: masks.map(({ categoryId, mask, doubtful }) => ({ categoryId, mask, doubtful })),
    absent: run.classes.flatMap(({ categoryId, match, absent }) =>
      absent ? [{ categoryId, match }] : [],
    ),
    maps,
    milliseconds: Object.values(run.milliseconds).reduce((sum, one) => sum + one, 0),
  };
}

/** Sums over all passes, which need no masks; all classes on one scale, so that a weak one looks weak. */
async function mapsOf(
  { link, cache }: EngineContext,
  { run, image, options }: ImageWork,
  signal: AbortSignal,
): Promise<LookMap[]> {
  const ids = run.classes.flatMap(({ categoryId }) => (categoryId > 0 ? [categoryId] : []));
  if (ids.length === 0) return [];
  const upTo = Math.max(0, run.passes.length - 1);
  const { maps } = await link.request(
    'prelabel.maps',
    {
      imagePath: image.path,
      runFile: cache.pathOf(run.cacheKey, RUN_EXTENSION),
      pack: null,
      options,
      requests: ids.map((categoryId) => ({ kind: 'sum', categoryId, upTo })),
      maxSide: 0,
    },
    { signal, priority: 'interactive' },
  );
  return ids.flatMap((categoryId, at) => (maps[at] ? [{ categoryId, map: maps[at] }] : []));
}
