// What each pack of the catalogue is for, as the catalogue says it, and what is known of those that a person fetches.
export const packs = {
  purposes: {
    'drawn-scenes':
      'Try the program without a download. Knows drawn things and textures, not photographs.',
    'blip-itm-large-flickr': 'Photographs, everyday things. The reference model of the method.',
    'blip-itm-large-coco': 'Photographs, trained on COCO captions.',
    'blip-itm-base-coco': 'Photographs, half the size. Good without a GPU.',
    'blip-itm-base-flickr': 'Photographs, half the size. Good without a GPU.',
    'bridgetower-large-itm': 'Photographs. A second opinion, slower.',
    'albef-flickr': 'Photographs. A second opinion, as large as BLIP base.',
    'albef-coco': 'Photographs, trained on COCO captions. As large as BLIP base.',
    'albef-refcoco': 'Photographs, trained on phrases for single things.',
    'albef-14m': 'Photographs, before any fine-tuning. Sees 256 pixels.',
    'mplug-large-flickr': 'Photographs. A second opinion, slower.',
    'mplug-large-v2': 'Photographs, before any fine-tuning.',
    'mplug-large': 'Photographs, before any fine-tuning.',
    'mplug-base': 'Photographs, before any fine-tuning. Half the size.',
    'clip-vit-base-patch16': 'Finds masks by similarity and in rounds. Good without a GPU.',
    'clip-vit-large-patch14': 'Judges what rounds find, and masks while tuning.',
    'clip-vit-large-patch14-336': 'Judges masks while tuning, and what rounds find.',
    'slimsam-uniform-77': 'Clicks: finds the outline under a click. Quick without a GPU.',
    'slimsam-uniform-50': 'Clicks: cleaner outlines, three times as slow as SlimSAM-77.',
    'mobile-sam': 'Clicks: another small model, known from other tools.',
    'sam-vit-base': 'Clicks: careful outlines, seconds per image without a GPU.',
    'sam-vit-large': 'Clicks: for a GPU.',
    'sam-vit-huge': 'Clicks: the largest, for a GPU with memory to spare.',
    'medsam-vit-base': 'Boxes on medical images; clicks alone were not trained.',
  },
  notes: {
    'albef-flickr': 'The licence is that of its repository; the weights name none of their own.',
    'albef-coco': 'The licence is that of its repository; the weights name none of their own.',
    'albef-refcoco':
      "The licence is that of its repository; the weights name none of their own. Its authors' own maps of words were made with it.",
    'albef-14m':
      'The licence is that of its repository; the weights name none of their own. The file holds the state of its training as well.',
    'mplug-large-flickr':
      'The licence is that of its page. No layer was published for it: tuning chooses one.',
    'mplug-large-v2':
      'Its authors state no licence. A file without a head that matches is refused by name.',
    'mplug-large':
      'Its authors state no licence. A file without a head that matches is refused by name.',
    'mplug-base':
      'Its authors state no licence. A file without a head that matches is refused by name.',
  },
};
