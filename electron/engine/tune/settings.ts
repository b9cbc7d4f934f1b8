// Between a tuning setting and the parameters of a project.
import type { PrelabelParams } from '../../api/run.ts';
import type { TuneSetting } from '../../api/tuning.ts';
import type { PipelineParams } from '../../link/params.ts';
import { currentName } from '../../link/paramRanges.ts';
import { loadPack } from '../../../models/packs/load.ts';
import { familyById } from '../../../models/families.ts';

/** The setting that parameters amount to. */
export function settingOf({ explain, masks }: PipelineParams): TuneSetting {
  return {
    layers: explain.layers,
    heads: explain.heads,
    threshold: masks.threshold,
    blur: masks.blur,
    passes: explain.passes,
    drop: null,
  };
}

/** Parameters with a setting put in; everything else a person chose stays. */
export function withSetting(params: PrelabelParams, setting: TuneSetting): PrelabelParams {
  return {
    ...params,
    overrides: {
      ...Object.fromEntries(
        Object.entries(params.overrides).map(([name, value]) => [currentName(name), value]),
      ),
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

/** Layers and heads of a pack's model, from its files. Throws ModelError. */
export async function modelSize(folder: string): Promise<{ layers: number; heads: number }> {
  const { manifest, config, weights } = await loadPack(folder);
  const { layers, heads } = familyById(manifest.family).facts(config, weights);
  return { layers, heads };
}
