// Learned directions: stored in the project, with a copy where the model process reads it. A project from
// another computer may hold anything; entries that this program would not write are ignored.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
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
import { LEAST_IMAGES } from './heldOut.ts';

/** The parameter that names what was learned. */
export const LEARNED = 'naclip.learned';
const LATEST = 'learned';
/** What the parameters may name: the latest, or an earlier one that is still in use. */
const IN_USE = 'learnedInUse';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const stored = v.object({
  learning: v.object({
    id: v.string(),
    packName: v.string(),
    at: v.string(),
    classes: count,
    images: count,
    up: count,
    down: count,
    alike: count,
    now: share,
    then: v.number(),
    error: v.number(),
    mix: share,
    verdict: v.picklist(['offer', 'few', 'wrongMaps', 'stay', 'unclear']),
  }),
  file: v.object({
    packHash: v.string(),
    packName: v.string(),
    mix: share,
    directions: v.record(v.pipe(v.string(), v.regex(/^\d+$/)), v.string()),
  }),
});

interface Stored {
  readonly learning: Learning;
  readonly file: LearnedFile;
}

/** Names a file by its own bytes: no project can give it another name, or a place. */
export const learnedId = (file: LearnedFile): string =>
  createHash('sha256').update(JSON.stringify(file)).digest('hex').slice(0, 32);

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
  if (text === null) return null;
  try {
    const found = v.parse(stored, JSON.parse(text));
    return learnedId(found.file) === found.learning.id ? found : null;
  } catch {
    return null;
  }
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
  const path = join(learnedFolder(context), `${learning.id}.json`);
  await writeWhole(path, JSON.stringify(file), { sync: false });
}
