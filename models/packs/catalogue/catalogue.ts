// Published models that are known to work, with what a person wants to know before a download:
// size, licence, memory, what it is good for (design: method.md 10).
import { ModelError, shown } from '../../errors.ts';
import { BY_HAND } from './byHand.ts';
import { entry, GB, type CatalogueEntry } from './entry.ts';

const PARAMETERS = {
  blipLarge: 446_128_642,
  // 895 MB of 4-byte numbers.
  blipBase: 223_750_000,
  bridgeTower: 864_518_146,
  clip: 427_944_193,
  clipLarge: 427_616_513,
  clipBase: 149_620_737,
  slimSam77: 9_700_000,
  slimSam50: 28_000_000,
  samBase: 93_735_472,
  samLarge: 312_342_832,
  samHuge: 641_090_608,
  mobileSam: 10_130_092,
};

/**
 * In the order in which they are offered. Families are named, not loaded: every window asks for this list, and graphs
 * of every family would come with them.
 */
export const CATALOGUE: readonly CatalogueEntry[] = [
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
  ...BY_HAND,
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
  // The quickest is offered first: it answers within a second on a processor.
  clicks({
    id: 'slimsam-uniform-77',
    repo: 'Zigeng/SlimSAM-uniform-77',
    name: 'SlimSAM-77',
    purpose: 'Clicks: finds the outline under a click. Quick without a GPU.',
    downloadBytes: 39e6,
    parameters: PARAMETERS.slimSam77,
  }),
  clicks({
    id: 'slimsam-uniform-50',
    repo: 'Zigeng/SlimSAM-uniform-50',
    name: 'SlimSAM-50',
    purpose: 'Clicks: cleaner outlines, three times as slow as SlimSAM-77.',
    downloadBytes: 112e6,
    parameters: PARAMETERS.slimSam50,
  }),
  clicks({
    id: 'mobile-sam',
    repo: 'dhkim2810/MobileSAM',
    name: 'MobileSAM',
    family: 'mobile-sam',
    purpose: 'Clicks: another small model, known from other tools.',
    downloadBytes: 40.7e6,
    parameters: PARAMETERS.mobileSam,
    notes: "Apache-2.0 in its authors' repository, MIT on its page at the hub.",
  }),
  clicks({
    id: 'sam-vit-base',
    repo: 'facebook/sam-vit-base',
    name: 'SAM base',
    purpose: 'Clicks: careful outlines, seconds per image without a GPU.',
    downloadBytes: 375e6,
    parameters: PARAMETERS.samBase,
  }),
  clicks({
    id: 'sam-vit-large',
    repo: 'facebook/sam-vit-large',
    name: 'SAM large',
    purpose: 'Clicks: for a GPU.',
    downloadBytes: 1.25 * GB,
    parameters: PARAMETERS.samLarge,
  }),
  clicks({
    id: 'sam-vit-huge',
    repo: 'facebook/sam-vit-huge',
    name: 'SAM huge',
    purpose: 'Clicks: the largest, for a GPU with memory to spare.',
    downloadBytes: 2.56 * GB,
    parameters: PARAMETERS.samHuge,
  }),
  clicks({
    id: 'medsam-vit-base',
    repo: 'wanglab/medsam-vit-base',
    name: 'MedSAM',
    purpose: 'Boxes on medical images; clicks alone were not trained.',
    downloadBytes: 375e6,
    parameters: PARAMETERS.samBase,
    notes: 'Published as a PyTorch file; it is read without running anything in it.',
  }),
];

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

function clicks(
  facts: Omit<Parameters<typeof entry>[0], 'licence' | 'notes'> & { notes?: string },
) {
  const shared = { kind: 'segment', family: 'sam', licence: 'Apache-2.0', notes: '' } as const;
  return entry({ ...shared, ...facts });
}
