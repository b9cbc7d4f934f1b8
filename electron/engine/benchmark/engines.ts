// The engines that masks can be made with, by the kind of pack that each of them runs.
import type { Engine } from '../../link/engines/description.ts';
import { ENGINES } from '../../link/engines/engines.ts';
import type { KnownPack } from '../packs/packs.ts';

/** Engines whose maps a pack makes. */
export const enginesOf = ({ manifest }: Pick<KnownPack, 'manifest'>): Engine[] =>
  ENGINES.filter(({ needs }) =>
    needs.some(({ role, kind }) => role === 'explain' && kind === manifest.kind),
  );
