// From what a person chose (preset and overrides) to the pipeline's full table, checked.
import { AppError } from '../../api/errors.ts';
import type { PrelabelParams } from '../../api/run.ts';
import type { PipelineParams } from '../../link/params.ts';
import { PipelineError } from '../../link/pipelineError.ts';
import { resolveParams } from '../../link/presets.ts';

/** The engine's own switch: 'thing' classes give one proposal per connected part. */
export const INSTANCES = 'proposals.instances';

export interface ResolvedParams extends PipelineParams {
  readonly instances: boolean;
}

/** Throws PARAMS_INVALID naming the parameter and its range. */
export function checkedParams(
  params: PrelabelParams,
  packParameters: Readonly<Record<string, unknown>> = {},
): ResolvedParams {
  const { [INSTANCES]: instances = false, ...overrides } = params.overrides;
  if (typeof instances !== 'boolean')
    throw new AppError('PARAMS_INVALID', `expected true or false for ${INSTANCES}`);
  try {
    return { ...resolveParams(params.preset, packParameters, overrides), instances };
  } catch (error) {
    if (error instanceof PipelineError)
      throw new AppError('PARAMS_INVALID', error.message, { cause: error });
    throw error;
  }
}
