// What the catalogue says of a published model, whether it is downloaded or a person fetches it.
import type { PackManifest } from '../manifest.ts';
import { memoryNeedBytes } from '../store.ts';

/** An entry of the catalogue; becomes a pack by downloadPack, or by fetchedBuild where it has an address. */
export interface CatalogueEntry {
  readonly id: string;
  /** Repository at the hub; for models that people download by hand, the publisher. */
  readonly repo: string;
  readonly revision: string;
  /** Null: it is downloaded from the hub. */
  readonly byHand: ByHand | null;
  readonly name: string;
  readonly kind: PackManifest['kind'];
  readonly family: string;
  readonly purpose: string;
  readonly licence: string;
  /** Approximate size in bytes; the hub's own list decides. */
  readonly downloadBytes: number;
  /** Estimate while running. Bytes. */
  readonly memoryBytes: number;
  readonly notes: string;
}

/** A single file that its authors publish without a checksum: the program does not download what it cannot check. */
export interface ByHand {
  /** Of the file, or of the page that has it. */
  readonly address: string;
  /** Its name there. */
  readonly file: string;
  /** Only a lower bound of its size is known. */
  readonly atLeast: boolean;
  /** Whether captions end with [SEP]; default: the family's. */
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
