// Who can judge a search: a CLIP that is installed, else the pack itself.
import { AppError } from '../../../api/errors.ts';
import type { TuneJudge } from '../../../api/tuning.ts';
import { listPacks } from '../../../../models/packs/store.ts';
import type { EngineContext } from '../../context.ts';
import { packIn, type KnownPack } from '../../packs/packs.ts';

/** The first CLIP on this computer that is sound; null where there is none. */
export async function installedClip(
  context: Pick<EngineContext, 'host'>,
): Promise<KnownPack | null> {
  const found = (await listPacks(context.host.packs)).find(
    ({ manifest, problem }) => manifest?.kind === 'clip' && problem === null,
  );
  return found ? packIn(found.folder, false) : null;
}

/** The CLIP for a judge; null when the pack judges. Throws PACK_UNKNOWN where CLIP is missing. */
export async function clipFor(
  context: Pick<EngineContext, 'host'>,
  judge: TuneJudge,
): Promise<KnownPack | null> {
  if (judge === 'pack') return null;
  const clip = await installedClip(context);
  if (clip) return clip;
  throw new AppError(
    'PACK_UNKNOWN',
    'No CLIP is installed. Get clip-vit-large-patch14-336 in Models, or let the pack judge itself.',
  );
}
