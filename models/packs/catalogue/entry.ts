// What the catalogue says of a published model, whether it is downloaded or a person fetches it.
import type { PackManifest } from '../manifest.ts';
import { memoryNeedBytes } from '../store.ts';

/** An entry of the catalogue; becomes a pack by downloadPack, or by fetchedBuild where it has an address. */
export interface CatalogueEntry {
  readonly id: string;
  /** At the hub; for models that people fetch, what publishes them. */
  readonly repo: string;
  readonly revision: string;
  /** Null: it is downloaded from the hub. */
  readonly byHand: ByHand | null;
  readonly name: string;
  readonly kind: PackManifest['kind'];
  readonly family: string;
  readonly purpose: string;
  readonly licence: string;
  /** About; the hub's own list decides. Bytes. */
  readonly downloadBytes: number;
  /** Estimate while running. Bytes. */
  readonly memoryBytes: number;
  readonly notes: string;
}

/** A lone file that its authors publish without a checksum: the program does not fetch what it cannot check. */
export interface ByHand {
  /** Of the file, or of the page that has it. */
  readonly address: string;
  /** Its name there. */
  readonly file: string;
  /** Its size is known from below only. */
  readonly atLeast: boolean;
  /** Captions end with [SEP], in place of what the family says. */
  readonly separator?: boolean;
}

export const GB = 1e9;

export function entry(
  facts: Omit<CatalogueEntry, 'revision' | 'byHand' | 'kind' | 'family' | 'memoryBytes'> &
    Partial<Pick<CatalogueEntry, 'byHand' | 'kind' | 'family'>> & { readonly parameters: number },
): CatalogueEntry {
  const { parameters, ...rest } = facts;
  return {
    kind: 'itm',
    family: 'blip-itm',
    byHand: null,
    ...rest,
    revision: 'main',
    memoryBytes: memoryNeedBytes(parameters),
  };
}
