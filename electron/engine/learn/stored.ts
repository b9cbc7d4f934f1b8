// What a project learned: kept in the project, with a copy where the models' process reads it. A project that comes
// from another computer brings it along.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../api/errors.ts';
import type { Learning, LearnState } from '../../api/tuning.ts';
import type { PrelabelParams } from '../../api/run.ts';
import { naclip } from '../../link/engines/naclip.ts';
import type { LearnedFile } from '../../link/tuneScores.ts';
import { writeWhole } from '../../files/wholeFile.ts';
import { reviewedImages } from '../benchmark/own/accepted.ts';
import { publishChanged } from '../commits.ts';
import type { EngineContext } from '../context.ts';
import type { Project } from '../project/project.ts';
import { LEAST_IMAGES } from './gate.ts';

/** The parameter that names what was learned. */
export const LEARNED = 'naclip.learned';
const LATEST = 'learned';
/** What the parameters may name: the latest, or an earlier one that is still in use. */
const IN_USE = 'learnedInUse';

interface Stored {
  readonly learning: Learning;
  readonly file: LearnedFile;
}

type Place = Pick<EngineContext, 'userDataFolder'>;

/** The folder of the copies. */
const learnedFolder = ({ userDataFolder }: Place): string => join(userDataFolder, 'learned');

export async function keepLearned(
  context: EngineContext,
  project: Project,
  learning: Learning,
  file: LearnedFile,
): Promise<void> {
  project.setMeta(LATEST, JSON.stringify({ learning, file } satisfies Stored));
  await copyOut(context, { learning, file });
  publishChanged(context, project);
}

function storedOf(project: Project, key: typeof LATEST | typeof IN_USE): Stored | null {
  const text = project.meta(key);
  return text === null ? null : (JSON.parse(text) as Stored);
}

export function learnState(project: Project, { overrides }: PrelabelParams): LearnState {
  const stored = storedOf(project, LATEST);
  const used = overrides[LEARNED];
  return {
    images: reviewedImages(project).length,
    needed: LEAST_IMAGES,
    learning: stored?.learning ?? null,
    inUse: !used ? 'none' : used === stored?.learning.id ? 'latest' : 'older',
  };
}

/** The parameters with what was learned, or with words alone. Throws BAD_REQUEST where nothing was learned. */
export async function withLearned(
  context: Place,
  project: Project,
  { overrides, ...params }: PrelabelParams,
  use: boolean,
): Promise<PrelabelParams> {
  const { [LEARNED]: _, ...others } = overrides;
  if (!use) return { ...params, overrides: others };
  const stored = storedOf(project, LATEST);
  if (!stored)
    throw new AppError('BAD_REQUEST', 'Nothing was learned from accepted masks yet: see Tune.');
  await copyOut(context, stored);
  project.setMeta(IN_USE, JSON.stringify(stored));
  const { id } = stored.learning;
  return { ...params, engine: naclip.id, overrides: { ...others, [LEARNED]: id } };
}

/** Makes the copy of what an opened project uses, where this computer has none. */
export async function restoreLearned(
  context: Place,
  project: Project,
  { overrides }: PrelabelParams,
): Promise<void> {
  const stored = overrides[LEARNED] === undefined ? null : storedOf(project, IN_USE);
  if (stored && stored.learning.id === overrides[LEARNED]) await copyOut(context, stored);
}

async function copyOut(context: Place, { learning, file }: Stored): Promise<void> {
  const folder = learnedFolder(context);
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, `${learning.id}.json`), JSON.stringify(file), { sync: false });
}
