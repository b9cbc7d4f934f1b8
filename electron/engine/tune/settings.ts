// Between a tuning setting and the parameters of a project.
import type { PrelabelParams } from '../../api/run.ts';
import type { TuneParameter, TuneSetting } from '../../api/tuning.ts';
import type { Json } from '../../api/types.ts';
import type { EngineValues } from '../../link/engines/description.ts';
import { engineById, ENGINES, FIRST_ENGINE } from '../../link/engines/engines.ts';
import { tunablesOf } from '../../link/engines/tunables.ts';
import type { ExplainParams, PipelineParams } from '../../link/params.ts';
import { currentName } from '../../link/paramRanges.ts';

/** The setting that parameters amount to. */
export function settingOf(params: PipelineParams<object>): TuneSetting {
  const { engine, explain, masks } = params;
  const { threshold, blur } = masks;
  if (engine !== FIRST_ENGINE) {
    const values = tuneParameters(params).map(({ name, inUse }) => [name, inUse] as const);
    const none = { layers: [], heads: [], passes: 1, drop: null };
    return { ...none, threshold, blur, values: Object.fromEntries(values) };
  }
  const { layers, heads, passes } = explain as ExplainParams;
  return { layers, heads, threshold, blur, passes, drop: null };
}

/** What a search may try with the engine of `params`, and what is in use; none where it has layers and heads. */
export function tuneParameters({
  engine,
  explain,
  masks,
}: PipelineParams<object>): TuneParameter[] {
  const found = engineById(engine);
  const own = explain as EngineValues;
  return (found ? tunablesOf(found) : []).map((one) => {
    const [group, key] = one.name.split('.') as [string, string];
    const inUse = group === engine ? own[key] : masks[key as keyof typeof masks];
    // Values of tables are numbers, texts and switches.
    return { ...one, inUse: inUse as Json };
  });
}

/** Parameters with a setting put in; everything else a person chose stays. */
export function withSetting(
  { engine: _engine, ...params }: PrelabelParams,
  setting: TuneSetting,
): PrelabelParams {
  const before = Object.fromEntries(
    Object.entries(params.overrides).map(([name, value]) => [currentName(name), value]),
  );
  const { values } = setting;
  if (values)
    return { ...params, engine: engineOfValues(values), overrides: { ...before, ...values } };
  return {
    ...params,
    overrides: {
      ...before,
      'pnp.layers': [...setting.layers],
      'pnp.heads': [...setting.heads],
      'pnp.passes': setting.passes,
      'masks.threshold': setting.threshold,
      'masks.blur': setting.blur,
      ...(setting.drop === null
        ? {}
        : { 'pnp.dropRule': 'fraction', 'pnp.dropFraction': setting.drop }),
    },
  };
}

/** The engine whose own parameters a setting names. */
function engineOfValues(values: NonNullable<TuneSetting['values']>): string {
  const names = Object.keys(values);
  return (
    ENGINES.find(({ id }) => names.some((name) => name.startsWith(`${id}.`)))?.id ?? FIRST_ENGINE
  );
}
