// The engines that masks can be made with, by the kind of pack that each of them runs.
import type { KnownPack } from '../packs/packs.ts';

const ENGINES = [{ name: 'PnP-OVSS', kind: 'itm' }] as const;

/** What reports call the engine of a pack; null for a pack that makes no masks. */
export function engineOf({ manifest }: Pick<KnownPack, 'manifest'>): string | null {
  return ENGINES.find(({ kind }) => kind === manifest.kind)?.name ?? null;
}
