// Between a tuning setting and the parameters of a project.
import type { PrelabelParams } from '../../api/run.ts';
import type { TuneSetting } from '../../api/tuning.ts';
import type { PipelineParams } from '../../link/params.ts';
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
      ...params.overrides,
      'explain.layers': [...setting.layers],
      'explain.heads': [...setting.heads],
      'explain.passes': setting.passes,
      'masks.threshold': setting.threshold,
      'masks.blur': setting.blur,
      ...(setting.drop === null
        ? {}
        : { 'explain.dropRule': 'fraction', 'explain.dropFraction': setting.drop }),
    },
  };
}

/** Layers and heads of a pack's model, from its files. Throws ModelError. */
export async function modelSize(folder: string): Promise<{ layers: number; heads: number }> {
  const { manifest, config, weights } = await loadPack(folder);
  const { layers, heads } = familyById(manifest.family).facts(config, weights);
  return { layers, heads };
}
