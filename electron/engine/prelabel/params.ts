// From what a person chose (engine, preset and overrides) to the engine's full table, checked.
import { AppError } from '../../api/errors.ts';
import type { PrelabelParams } from '../../api/run.ts';
import type { Json } from '../../api/types.ts';
import type { Engine } from '../../link/engines/description.ts';
import { engineById, ENGINES, FIRST_ENGINE } from '../../link/engines/engines.ts';
import { pnp } from '../../link/engines/pnp.ts';
import type { ExplainParams, PipelineParams } from '../../link/params.ts';
import type { Refine, ResolvedParams } from '../order/order.ts';
import { PipelineError } from '../../link/pipelineError.ts';
import { resolveParams } from '../../link/presets.ts';

/** The engine's own switch: 'thing' classes give one proposal per connected part. */
export const INSTANCES = 'proposals.instances';

/** The engine's own as well: which click model redraws the edges of things. */
export const REFINE = 'proposals.refine';

/** With it stuff has its outline moved as well, and nothing but its outline. */
export const STUFF_EDGES = 'proposals.stuffEdges';

/** The engine that parameters are for. Throws PARAMS_INVALID for one that this program does not have. */
export function engineOf({ engine = FIRST_ENGINE }: Pick<PrelabelParams, 'engine'>): Engine {
  const found = engineById(engine);
  if (found) return found;
  throw new AppError(
    'PARAMS_INVALID',
    `expected one of the methods ${ENGINES.map(({ id }) => id).join(', ')}, found ${engine}; choose another method, or update Salience`,
  );
}

/** Throws PARAMS_INVALID naming the parameter and its range. */
export function checkedParams(
  params: PrelabelParams,
  packParameters: Readonly<Record<string, unknown>> = {},
): ResolvedParams {
  const engine = engineOf(params);
  return checked(params, (overrides) =>
    resolveParams(params.preset, packParameters, overrides, engine),
  );
}

/** The same for what only an image-text-matching model can do: suggestions, and tuning of layers and heads. */
export function matchingParams(
  params: PrelabelParams,
  packParameters: Readonly<Record<string, unknown>> = {},
): ResolvedParams<ExplainParams> {
  return checked(params, (overrides) =>
    resolveParams(params.preset, packParameters, overrides, pnp),
  );
}

function checked<Own extends object>(
  params: PrelabelParams,
  resolve: (overrides: Readonly<Record<string, unknown>>) => PipelineParams<Own>,
): ResolvedParams<Own> {
  const {
    [INSTANCES]: instances = false,
    [REFINE]: refine = 'off',
    [STUFF_EDGES]: stuffEdges = false,
    ...overrides
  } = params.overrides;
  if (typeof instances !== 'boolean')
    throw new AppError('PARAMS_INVALID', `expected true or false for ${INSTANCES}`);
  if (typeof stuffEdges !== 'boolean')
    throw new AppError('PARAMS_INVALID', `expected true or false for ${STUFF_EDGES}`);
  if (refine !== 'off' && !isRefine(refine))
    throw new AppError(
      'PARAMS_INVALID',
      `expected off, sam or sam:<pack> for ${REFINE}, found ${JSON.stringify(refine)}`,
    );
  try {
    const edges = refine === 'off' ? {} : { refine, ...(stuffEdges ? { stuffEdges } : {}) };
    return { ...resolve(overrides), instances, ...edges };
  } catch (error) {
    if (error instanceof PipelineError)
      throw new AppError('PARAMS_INVALID', error.message, { cause: error });
    throw error;
  }
}

function isRefine(value: Json): value is Refine {
  return typeof value === 'string' && /^sam(:.+)?$/.test(value);
}
