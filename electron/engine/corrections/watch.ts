// When settings are compared without being asked for: after every few images that are finished, while nothing else
// goes on. An edit of the settings ends it, since it would say nothing about them.
import type { EventName } from '../../api/events.ts';
import type { EngineContext } from '../context.ts';
import { paramsOf } from '../opening/opening.ts';
import type { Project } from '../project/project.ts';
import { compareSettings } from './corrections.ts';
import { isDue } from './due.ts';
import { countFinished, mapsOfFinished } from '../project/corrections/finished.ts';
import { MOST_IMAGES } from './evidence/evidence.ts';
import { RUN_EXTENSION } from '../prelabel/keptMaps.ts';
import type { Watch } from './evidence/scores.ts';
import { latestFit } from './stored.ts';

/** So long nothing happens in the project before it begins. */
const QUIET_MS = 3000;

export interface CorrectionWatch {
  running(): boolean;
  /** Compares now; what goes on in the background ends. */
  compare(project: Project, harder: boolean, watch: Watch): Promise<void>;
}

interface Background {
  readonly project: Project;
  readonly params: string;
  readonly controller: AbortController;
}

/** Maps of the latest finished images are kept longest, those of the others are the first to go. */
function keepMaps({ cache, open }: EngineContext): void {
  cache.rankBy(() => {
    const project = open.current();
    const keys = project ? mapsOfFinished(project.store) : [];
    const paths = keys.map((key) => cache.pathOf(key, RUN_EXTENSION));
    const last = new Set(paths.slice(0, MOST_IMAGES));
    return { last, first: new Set(paths.filter((path) => !last.has(path))) };
  });
}

/** The open project, where a window shows it and it can be written. */
function watched({ open, host }: EngineContext): Project | null {
  const project = open.current();
  return project && !project.readOnly && host.kind !== 'commandLine' ? project : null;
}

export function watchCorrections(
  context: EngineContext,
  listen: (listener: (event: EventName) => void) => void,
  quietMs = QUIET_MS,
): CorrectionWatch {
  keepMaps(context);
  let timer: NodeJS.Timeout | null = null;
  let asked = 0;
  let background: Background | null = null;
  /** Where it could not be done: not tried again before there are more images. */
  const failedAt = new WeakMap<Project, number>();

  const soon = () => {
    if (timer) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      void begin();
    }, quietMs);
    timer.unref();
  };

  async function begin(): Promise<void> {
    const project = watched(context);
    if (!project || background || asked > 0) return;
    const finished = countFinished(project.store);
    const known = { finished, failedAt: failedAt.get(project) ?? 0, latest: latestFit(project) };
    if (!isDue(known)) return;
    const busy = context.open.jobs().list();
    // Its end is an event like others.
    if (busy.some(({ state }) => state === 'running')) return;
    const own = {
      project,
      params: JSON.stringify(paramsOf(project)),
      controller: new AbortController(),
    };
    background = own;
    const signal = AbortSignal.any([own.controller.signal, context.open.signal()]);
    try {
      await compareSettings(context, project, { harder: false }, { signal, onProgress() {} });
    } catch (error) {
      if (signal.aborted) return;
      failedAt.set(project, finished);
      context.log(`settings were not compared: ${String(error)}`);
    } finally {
      background = null;
    }
  }

  listen((event) => {
    if (!['project.revision', 'project.changed', 'job.status'].includes(event)) return;
    const project = watched(context);
    if (!project) return;
    if (background && background.params !== JSON.stringify(paramsOf(background.project)))
      background.controller.abort();
    soon();
  });

  return {
    running: () => background !== null,
    async compare(project, harder, watch) {
      background?.controller.abort();
      asked += 1;
      try {
        await compareSettings(context, project, { harder }, watch);
      } finally {
        asked -= 1;
      }
    },
  };
}
