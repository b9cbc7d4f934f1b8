// The engines' code by id. A run names its engine, so a stored run finds the code that reads it.
import { AppError } from '../../api/errors.ts';
import type { EngineRun } from '../pipeline/engineRun.ts';
import type { SalienceRun } from '../pipeline/salienceRun.ts';
import type { Explainer } from './explainer.ts';
import { car } from './rounds/car.ts';
import type { RoundsRun } from './rounds/roundsRun.ts';
import { naclip } from './similarity/naclip.ts';
import type { SimilarityRun } from './similarity/similarityRun.ts';
import { pnp } from './pnp.ts';

/** Every kind of run; another engine adds its own. */
export type AnyRun = SalienceRun | SimilarityRun | RoundsRun;

// Each only ever sees runs of its own id.
const EXPLAINERS = [pnp, naclip, car] as unknown as readonly Explainer<AnyRun>[];

/** Throws BAD_REQUEST for an engine that this program does not have. */
export function explainerOf({ engine }: Pick<EngineRun, 'engine'>): Explainer<AnyRun> {
  const found = EXPLAINERS.find(({ id }) => id === engine);
  if (found) return found;
  throw new AppError(
    'BAD_REQUEST',
    `expected one of the methods ${EXPLAINERS.map(({ id }) => id).join(', ')}, found ${engine}; a newer Salience may have it`,
  );
}
