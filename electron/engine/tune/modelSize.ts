// How many layers and heads a pack's model has. Every family's graphs come with it, about 130 modules: whoever may
// never ask loads this file when asked.
import { familyById } from '../../../models/families.ts';
import { loadPack } from '../../../models/packs/load.ts';

/** Layers and heads of a pack's model, from its files. Throws ModelError. */
export async function modelSize(folder: string): Promise<{ layers: number; heads: number }> {
  const { manifest, config, weights } = await loadPack(folder);
  const { layers, heads } = familyById(manifest.family).facts(config, weights);
  return { layers, heads };
}
