// Which packs an engine's run uses: the chosen one where it is of the kind that the engine needs, else one
// that is there.
import { AppError } from '../../api/errors.ts';
import type { EngineInfo } from '../../api/model.ts';
import type { PackChoice } from '../../link/facts.ts';
import type { HostFacts } from '../context.ts';
import { modelsHash, type OrderPacks } from '../order/order.ts';
import { allPacks, type KnownPack } from './packs.ts';

export interface EnginePacks {
  readonly explain: KnownPack;
  /** Null: the engine needs none, or the model that explains has to judge as well. */
  readonly judge: KnownPack | null;
}

type Needs = Pick<EngineInfo, 'name' | 'needs'>;

/**
 * Of several models that would do, the smallest makes maps, since it is asked for every image, and the
 * largest other one judges. Throws PACK_UNKNOWN naming what is missing.
 */
export async function packsFor(
  context: { readonly host: Pick<HostFacts, 'packs'> },
  { name, needs }: Needs,
  chosen: KnownPack,
): Promise<EnginePacks> {
  const kind = needs.find(({ role }) => role === 'explain')?.kind ?? 'itm';
  const there = await allPacks(context);
  const ofKind = there
    .filter(({ manifest }) => manifest.kind === kind)
    .sort((a, b) => bytesOf(a) - bytesOf(b));
  const explain = chosen.manifest.kind === kind ? chosen : ofKind[0];
  if (!explain)
    throw new AppError(
      'PACK_UNKNOWN',
      kind === 'clip'
        ? `${name} needs a CLIP model, and none is installed. Get CLIP ViT-B/16 in Models, or with "salience pack add clip-vit-base-patch16".`
        : `${name} needs a model that matches images with texts, and none is installed. Get one in Models.`,
      { data: { id: '' } },
    );
  const judges = needs.some(({ role }) => role === 'judge');
  const judge = judges ? ofKind.findLast(({ id }) => id !== explain.id) : undefined;
  return { explain, judge: judge && bytesOf(judge) > bytesOf(explain) ? judge : null };
}

/** What tells the models of a run from others. */
export const hashesOf = ({ explain, judge }: EnginePacks): string =>
  modelsHash(explain.packHash, judge?.packHash);

/** Models as an order names them; `choose` says how each is run. */
export const orderPacks = (
  packs: EnginePacks,
  choose: (pack: KnownPack) => PackChoice,
): OrderPacks => ({
  explain: choose(packs.explain),
  judge: packs.judge && choose(packs.judge),
  hash: hashesOf(packs),
});

const bytesOf = ({ manifest }: KnownPack): number =>
  manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
