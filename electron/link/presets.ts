// From a preset to an engine's full table of values: the preset's, then the pack's, then the user's.
import type { Engine, EngineDescription, PresetName } from './engines/description.ts';
import { pnp } from './engines/pnp.ts';
import type { ExplainParams, PipelineParams } from './params.ts';
import { currentName, withOverrides } from './paramRanges.ts';

interface Named {
  readonly [dottedName: string]: unknown;
}

/**
 * A preset, then the pack's values (all of them for 'pack', the model's own facts otherwise), then the user's, by
 * dotted name; of PnP-OVSS where no engine is given. Throws PipelineError PARAM_INVALID naming the parameter.
 */
export function resolveParams(
  preset: PresetName,
  packDefaults?: Named,
  overrides?: Named,
): PipelineParams<ExplainParams>;
export function resolveParams<Own extends object>(
  preset: PresetName,
  packDefaults: Named,
  overrides: Named,
  engine: EngineDescription<Own>,
): PipelineParams<Own>;
export function resolveParams(
  preset: PresetName,
  packDefaults: Named,
  overrides: Named,
  engine: Engine,
): PipelineParams<object>;
export function resolveParams(
  preset: PresetName,
  packDefaults: Named = {},
  overrides: Named = {},
  engine: Engine = pnp,
): PipelineParams<object> {
  const { id, presets, modelOwned } = engine;
  const { own, masks } = presets[preset === 'pack' ? 'default' : preset];
  const owned = new Set(modelOwned.map((name) => `${id}.${name}`));
  const fromPack = Object.entries(packDefaults).filter(
    ([name]) => preset === 'pack' || owned.has(currentName(name)),
  );
  const base = { engine: id, explain: own, masks };
  return withOverrides(withOverrides(base, Object.fromEntries(fromPack)), overrides);
}
