// Opening, closing and summing up projects.
import { access, realpath } from 'node:fs/promises';
import { AppError } from '../../api/errors.ts';
import { publishChanged } from '../commits.ts';
import type { Output } from '../../api/methods.ts';
import type { Handle } from '../../api/types.ts';
import type { Call, EngineContext, HandlerGroup } from '../context.ts';
import { openPath, openFolder, remember, summaryOf } from '../opening/opening.ts';
import { checkedParams } from '../prelabel/params.ts';
import { paceOf } from '../project/pace.ts';
import { classStatistics } from '../project/statistics.ts';
import { statusCounts } from '../project/images/images.ts';
import { findMoved } from '../project/images/relocate.ts';
import { inShownOrder, recentKey, type RecentEntry } from '../project/recents.ts';
import { takeOver } from '../opening/handOver/takeOver.ts';
import { scanFolder } from '../project/images/scan.ts';
import { browse } from '../opening/browse.ts';
import { placeOf } from '../opening/place.ts';
import { isFolder } from '../../files/isFolder.ts';
import { copySample, sampleFolderIn } from '../opening/sample.ts';

export function projectHandlers(context: EngineContext): HandlerGroup<'project'> {
  return {
    'project.recent': () => recentProjects(context),
    'project.browse': ({ folder, path }) => browse(context, folder, path),
    'project.openFolder': ({ folder }, call) =>
      openFolder(context, context.handles.pathOf(folder), openingOf(call)),
    'project.openFile': ({ file }, call) =>
      openPath(context, context.handles.pathOf(file), openingOf(call)),
    'project.openSample': (_, call) => openSample(context, openingOf(call)),
    'project.takeOver': (_, call) => takeOver(context, call),
    async 'project.settled'(_, call) {
      context.windows.settled(call.clientId);
      return {};
    },
    async 'project.forget'({ handle }) {
      const file = context.handles.pathOf(handle);
      await context.recents.set(context.recents.value().filter((entry) => entry.file !== file));
      return {};
    },
    async 'project.pin'({ handle, pinned }) {
      const file = context.handles.pathOf(handle);
      await context.recents.set(
        context.recents.value().map((one) => (one.file === file ? { ...one, pinned } : one)),
      );
      return {};
    },
    async 'project.showPlace'({ handle }) {
      const { showFile } = context.host;
      if (!showFile)
        throw new AppError('BAD_REQUEST', 'This window cannot show files of the computer.');
      showFile(context.handles.pathOf(handle));
      return {};
    },
    'project.close': (_, call) =>
      context.open.inTurn(async () => {
        const project = context.open.current();
        if (!project) return {};
        if (!project.readOnly) await remember(context, project);
        await context.open.close();
        context.publish('project.current', { id: null, name: '', clientId: call.clientId });
        return {};
      }),
    async 'project.summary'() {
      return summaryOf(context);
    },
    async 'project.setParams'({ params }) {
      const project = context.open.writable();
      checkedParams(params);
      project.setMeta('params', JSON.stringify(params));
      publishChanged(context, project);
      return summaryOf(context);
    },
    async 'project.setFilters'({ filters }) {
      const project = context.open.writable();
      project.setMeta('filters', JSON.stringify(filters));
      publishChanged(context, project);
      return summaryOf(context);
    },
    'project.relocate': ({ folder }, call) => relocate(context, folder, call),
    async 'project.statistics'({ filter }) {
      const { store } = context.open.get();
      return {
        perClass: await classStatistics(store, filter),
        counts: statusCounts(store).counts,
      };
    },
    'project.pace': ({ filter }) => Promise.resolve(paceOf(context.open.get().store, filter)),
  };
}

type Opening = Parameters<typeof openFolder>[2];

const openingOf = (call: Pick<Call<'project.openFolder'>, 'clientId' | 'progress'>): Opening => ({
  clientId: call.clientId,
  onProgress: (progress) => call.progress(progress),
});

async function recentProjects(context: EngineContext): Promise<Output<'project.recent'>> {
  const projects = await Promise.all(
    inShownOrder(context.recents.value()).map(async (entry) => ({
      handle: context.handles.handleOf(entry.file),
      name: entry.name,
      place: placeOf(entry.folder),
      pinned: entry.pinned,
      ...progressOf(context, entry),
      openedAt: entry.openedAt,
      missing: !(await exists(entry.file)) || !(await isFolder(entry.folder)),
      coverUrls: entry.covers.map(
        (_, index) => `${context.host.mediaBase}cover/${recentKey(entry)}/${index}`,
      ),
    })),
  );
  return { projects };
}

/** Opens a copy: what is tried out changes no file of the program. */
async function openSample(
  context: EngineContext,
  opening: Opening,
): Promise<Output<'project.openSample'>> {
  if (context.host.sampleFolder === null)
    throw new AppError('FOLDER_MISSING', 'This build comes without a sample project.');
  const folder = await copySample(
    context.host.sampleFolder,
    sampleFolderIn(context.userDataFolder),
  );
  return openFolder(context, folder, opening);
}

/** The project's images are looked for in another folder. */
async function relocate(
  context: EngineContext,
  folder: Handle,
  call: Call<'project.relocate'>,
): Promise<Output<'project.relocate'>> {
  const project = context.open.writable();
  const path = await realpath(context.handles.pathOf(folder));
  if (!(await isFolder(path)))
    throw new AppError('FOLDER_MISSING', 'That folder is not there any more.');
  project.setFolder(path);
  await scanFolder(project.store, path, {
    signal: call.signal,
    onBatch: (found) => call.progress({ stage: 'List images', done: found, total: 0 }),
  });
  const result = await findMoved(project.store, path, {
    signal: call.signal,
    onProgress: (done, total) => call.progress({ stage: 'Compare files', done, total }),
  });
  await remember(context, project);
  publishChanged(context, project);
  const { images } = statusCounts(project.store);
  return { found: images - result.missing, missing: result.missing };
}

/** What is done of a recent project: of the open one as it is now, of others as they were left. */
function progressOf(
  context: EngineContext,
  { file, images, reviewed }: RecentEntry,
): { images: number; reviewed: number } {
  if (context.open.current()?.store.path !== file) return { images, reviewed };
  const totals = context.open.totals();
  return { images: totals.images, reviewed: totals.counts.reviewed };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
