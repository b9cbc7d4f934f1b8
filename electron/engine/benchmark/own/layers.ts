// Layers of the model in use as rows to measure: masks that a person accepted say which layer sees the classes best.
// By its maps alone a layer cannot be told from a better one; after the edges it can, from ten images on.
import type { PrelabelParams } from '../../../api/run.ts';
import { FIRST_ENGINE } from '../../../link/engines/engines.ts';
import { currentName } from '../../../link/paramRanges.ts';
import { paramsOf } from '../../opening/opening.ts';
import type { KnownPack } from '../../packs/packs.ts';
import type { Project } from '../../project/project.ts';
import { modelSize } from '../../tune/modelSize.ts';
import { usefulLayers } from '../../tune/space.ts';
import { reviewedImages } from './accepted.ts';

/** With three images a layer chosen by overlap lost up to 5 points on others; with ten it lost nothing. */
export const LAYERS_FROM = 10;

/** The project's settings with each layer by itself, then with the first two together: all heads, which no head beats. */
export async function layerSettings(
  project: Project,
  pack: KnownPack,
): Promise<(readonly ['layers', PrelabelParams])[]> {
  const own = paramsOf(project);
  if ((own.engine ?? FIRST_ENGINE) !== FIRST_ENGINE) return [];
  if (reviewedImages(project).length < LAYERS_FROM) return [];
  // A model that cannot be read says so in its own row.
  const size = await modelSize(pack.folder).catch(() => null);
  if (size === null) return [];
  const useful = usefulLayers(size.layers);
  const sets = [...useful.map((layer) => [layer]), ...(useful.length > 1 ? [[0, 1]] : [])];
  const before = Object.fromEntries(
    Object.entries(own.overrides).map(([name, value]) => [currentName(name), value]),
  );
  return sets.map((layers) => {
    const overrides = { ...before, 'pnp.layers': layers, 'pnp.heads': [] };
    return ['layers', { ...own, overrides }];
  });
}
