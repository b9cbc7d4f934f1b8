// ALBEF and mPLUG: published as single files, without checksum, config or vocabulary.
import { entry, GB, type CatalogueEntry } from './entry.ts';

/** Numbers in the weights that match images with texts. */
const PARAMETERS = {
  albef: 209_560_835,
  mplugBase: 209_000_000,
  mplugLarge: 427_000_000,
};

const ALBEF = 'https://storage.googleapis.com/sfr-pcl-data-research/ALBEF';
const MPLUG = 'https://alice-open.oss-cn-zhangjiakou.aliyuncs.com/mPLUG';
const REPOSITORY = 'The licence is that of its repository; the weights name none of their own.';

interface Published {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly purpose: string;
  readonly notes?: string;
}

/** Fine-tuned files hold the model's parameters as 4-byte numbers and nothing else. */
const albef = ({ file, notes, ...words }: Published, bytes = 4 * PARAMETERS.albef) =>
  entry({
    ...words,
    repo: 'salesforce/ALBEF',
    family: 'albef',
    licence: 'BSD-3-Clause',
    downloadBytes: bytes,
    parameters: PARAMETERS.albef,
    byHand: { address: `${ALBEF}/${file}`, file, atLeast: false },
    notes: notes === undefined ? REPOSITORY : `${REPOSITORY} ${notes}`,
  });

/** Pre-trained files, of whose contents only the number of weights is known. */
const mplug = ({ file, ...words }: Published, weights: number, parameters: number) =>
  entry({
    ...words,
    repo: 'X-PLUG/mPLUG',
    family: 'mplug',
    licence: 'None stated',
    downloadBytes: 4 * weights,
    parameters,
    byHand: { address: `${MPLUG}/${file}`, file, atLeast: true },
    notes: 'Its authors state no licence. A file without a head that matches is refused by name.',
  });

export const BY_HAND: readonly CatalogueEntry[] = [
  albef({
    id: 'albef-flickr',
    name: 'ALBEF, Flickr',
    file: 'flickr30k.pth',
    purpose: 'Photographs. A second opinion, as large as BLIP base.',
  }),
  albef({
    id: 'albef-coco',
    name: 'ALBEF, COCO',
    file: 'mscoco.pth',
    purpose: 'Photographs, trained on COCO captions. As large as BLIP base.',
  }),
  albef({
    id: 'albef-refcoco',
    name: 'ALBEF, RefCOCO+',
    file: 'refcoco.pth',
    purpose: 'Photographs, trained on phrases for single things.',
    notes: "Its authors' own maps of words were made with it.",
  }),
  albef(
    {
      id: 'albef-14m',
      name: 'ALBEF, 14 million images',
      file: 'ALBEF.pth',
      purpose: 'Photographs, before any fine-tuning. Sees 256 pixels.',
      notes: 'The file holds the state of its training as well.',
    },
    3.3 * GB,
  ),
  entry({
    id: 'mplug-large-flickr',
    repo: 'iic/mplug_image-text-retrieval_flickr30k_large_en',
    name: 'mPLUG large, Flickr',
    family: 'mplug',
    purpose: 'Photographs. A second opinion, slower.',
    licence: 'Apache-2.0',
    downloadBytes: 2.5 * GB,
    parameters: PARAMETERS.mplugLarge,
    byHand: {
      address: 'https://modelscope.cn/models/iic/mplug_image-text-retrieval_flickr30k_large_en',
      file: 'pytorch_model.bin',
      atLeast: true,
      // As in its own pipeline; the tensors are those of the other files.
      separator: true,
    },
    notes: 'The licence is that of its page. No layer was published for it: tuning chooses one.',
  }),
  mplug(
    {
      id: 'mplug-large-v2',
      name: 'mPLUG large, version 2',
      file: 'mplug_large_v2.pth',
      purpose: 'Photographs, before any fine-tuning.',
    },
    600e6,
    PARAMETERS.mplugLarge,
  ),
  mplug(
    {
      id: 'mplug-large',
      name: 'mPLUG large',
      file: 'mplug_large.pth',
      purpose: 'Photographs, before any fine-tuning.',
    },
    600e6,
    PARAMETERS.mplugLarge,
  ),
  mplug(
    {
      id: 'mplug-base',
      name: 'mPLUG base',
      file: 'mplug_base.pth',
      purpose: 'Photographs, before any fine-tuning. Half the size.',
    },
    350e6,
    PARAMETERS.mplugBase,
  ),
];
