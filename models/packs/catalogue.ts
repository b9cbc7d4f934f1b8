// Published models that are known to work, with what a person wants to know before a download:
// size, licence, memory, what it is good for (design: method.md 10).
import { ModelError, shown } from '../errors.ts';
import { EMBEDDING_FAMILIES, FAMILIES } from '../families.ts';
import type { PackManifest } from './manifest.ts';
import { memoryNeedBytes } from './store.ts';

/** An entry of the catalogue; becomes a pack by downloadPack. */
export interface CatalogueEntry {
  readonly id: string;
  readonly repo: string;
  readonly revision: string;
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

const GB = 1e9;
const PARAMETERS = {
  blipLarge: 446_128_642,
  // 895 MB of 4-byte numbers.
  blipBase: 223_750_000,
  bridgeTower: 864_518_146,
  clip: 427_944_193,
  clipLarge: 427_616_513,
  clipBase: 149_620_737,
};

const PUBLISHED: readonly CatalogueEntry[] = [
  entry({
    id: 'blip-itm-large-flickr',
    repo: 'Salesforce/blip-itm-large-flickr',
    name: 'BLIP large, Flickr',
    purpose: 'Photographs, everyday things. The reference model of the method.',
    licence: 'BSD-3-Clause',
    downloadBytes: 1.78 * GB,
    parameters: PARAMETERS.blipLarge,
    notes: 'Published as a PyTorch file; it is read without running anything in it.',
  }),
  entry({
    id: 'blip-itm-large-coco',
    repo: 'Salesforce/blip-itm-large-coco',
    name: 'BLIP large, COCO',
    purpose: 'Photographs, trained on COCO captions.',
    licence: 'BSD-3-Clause',
    downloadBytes: 1.78 * GB,
    parameters: PARAMETERS.blipLarge,
    notes: '',
  }),
  entry({
    id: 'blip-itm-base-coco',
    repo: 'Salesforce/blip-itm-base-coco',
    name: 'BLIP base, COCO',
    purpose: 'Photographs, half the size. Good without a GPU.',
    licence: 'BSD-3-Clause',
    downloadBytes: 0.895 * GB,
    parameters: PARAMETERS.blipBase,
    notes: '',
  }),
  entry({
    id: 'blip-itm-base-flickr',
    repo: 'Salesforce/blip-itm-base-flickr',
    name: 'BLIP base, Flickr',
    purpose: 'Photographs, half the size. Good without a GPU.',
    licence: 'BSD-3-Clause',
    downloadBytes: 0.895 * GB,
    parameters: PARAMETERS.blipBase,
    notes: '',
  }),
  entry({
    id: 'bridgetower-large-itm',
    repo: 'BridgeTower/bridgetower-large-itm-mlm-itc',
    name: 'BridgeTower large',
    family: 'bridgetower',
    purpose: 'Photographs. A second opinion, slower.',
    licence: 'MIT',
    downloadBytes: 3.68 * GB,
    parameters: PARAMETERS.bridgeTower,
    notes: 'No layer and head were published for it: choose them by tuning.',
  }),
  entry({
    id: 'clip-vit-base-patch16',
    repo: 'openai/clip-vit-base-patch16',
    name: 'CLIP ViT-B/16',
    kind: 'clip',
    family: 'clip',
    purpose: 'Finds masks by similarity and in rounds. Good without a GPU.',
    licence: 'MIT',
    downloadBytes: 0.599 * GB,
    parameters: PARAMETERS.clipBase,
    notes: "The licence is that of OpenAI's own repository.",
  }),
  entry({
    id: 'clip-vit-large-patch14',
    repo: 'openai/clip-vit-large-patch14',
    name: 'CLIP ViT-L/14',
    kind: 'clip',
    family: 'clip',
    purpose: 'Judges what rounds find, and masks while tuning.',
    licence: 'MIT',
    downloadBytes: 1.71 * GB,
    parameters: PARAMETERS.clipLarge,
    notes: "The licence is that of OpenAI's own repository.",
  }),
  entry({
    id: 'clip-vit-large-patch14-336',
    repo: 'openai/clip-vit-large-patch14-336',
    name: 'CLIP ViT-L/14, 336 px',
    kind: 'clip',
    family: 'clip',
    purpose: 'Judges masks while tuning, and what rounds find.',
    licence: 'MIT',
    downloadBytes: 1.71 * GB,
    parameters: PARAMETERS.clip,
    notes: "The licence is that of OpenAI's own repository.",
  }),
];

/** In the order in which they are offered; only what this program can load. */
export const CATALOGUE: readonly CatalogueEntry[] = PUBLISHED.filter(({ family }) =>
  [...FAMILIES, ...EMBEDDING_FAMILIES].some(({ id }) => id === family),
);

/** The entry of that id; throws PACK_NOT_FOUND naming all of them. */
export function catalogueEntry(id: string): CatalogueEntry {
  const found = CATALOGUE.find((one) => one.id === id);
  if (found) return found;
  throw new ModelError('PACK_NOT_FOUND', {
    expected: `one of ${CATALOGUE.map((one) => one.id).join(', ')}, or a repository as owner/name`,
    found: shown(id),
    fix: 'See the list under Models, or "salience pack catalogue" on the command line',
  });
}

function entry(
  facts: Omit<CatalogueEntry, 'revision' | 'kind' | 'family' | 'memoryBytes'> &
    Partial<Pick<CatalogueEntry, 'kind' | 'family'>> & { readonly parameters: number },
): CatalogueEntry {
  const { parameters, ...rest } = facts;
  return {
    kind: 'itm',
    family: 'blip-itm',
    ...rest,
    revision: 'main',
    memoryBytes: memoryNeedBytes(parameters),
  };
}
