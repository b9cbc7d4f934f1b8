// French sentences about the packs of the catalogue.
import type { Catalogue } from '../../languages/catalogue.ts';

export const packs: Catalogue['models']['packs'] = {
  purposes: {
    'drawn-scenes':
      'Pour essayer le programme sans téléchargement. Connaît des choses dessinées et des textures, pas des photos.',
    'blip-itm-large-flickr': 'Photos, choses du quotidien. Le modèle de référence de la méthode.',
    'blip-itm-large-coco': 'Photos, entraîné sur les légendes de COCO.',
    'blip-itm-base-coco': 'Photos, deux fois plus petit. Convient sans GPU.',
    'blip-itm-base-flickr': 'Photos, deux fois plus petit. Convient sans GPU.',
    'bridgetower-large-itm': 'Photos. Un deuxième avis, plus lent.',
    'albef-flickr': 'Photos. Un deuxième avis, aussi grand que BLIP base.',
    'albef-coco': 'Photos, entraîné sur les légendes de COCO. Aussi grand que BLIP base.',
    'albef-refcoco': 'Photos, entraîné sur des expressions désignant une seule chose.',
    'albef-14m': 'Photos, avant tout ajustement fin. Voit 256 pixels.',
    'mplug-large-flickr': 'Photos. Un deuxième avis, plus lent.',
    'mplug-large-v2': 'Photos, avant tout ajustement fin.',
    'mplug-large': 'Photos, avant tout ajustement fin.',
    'mplug-base': 'Photos, avant tout ajustement fin. Deux fois plus petit.',
    'clip-vit-base-patch16': 'Trouve les masques par ressemblance et par tours. Convient sans GPU.',
    'clip-vit-large-patch14': 'Juge ce que les tours trouvent, et les masques pendant le réglage.',
    'clip-vit-large-patch14-336':
      'Juge les masques pendant le réglage, et ce que les tours trouvent.',
    'slimsam-uniform-77': 'Clics : trouve le contour sous un clic. Rapide sans GPU.',
    'slimsam-uniform-50': 'Clics : contours plus nets, trois fois plus lent que SlimSAM-77.',
    'mobile-sam': 'Clics : un autre petit modèle, connu d’autres outils.',
    'sam-vit-base': 'Clics : contours soignés, quelques secondes par image sans GPU.',
    'sam-vit-large': 'Clics : pour un GPU.',
    'sam-vit-huge': 'Clics : le plus grand, pour un GPU avec de la mémoire en réserve.',
    'medsam-vit-base': 'Boîtes sur des images médicales ; les clics seuls n’ont pas été entraînés.',
  },
  notes: {
    'albef-flickr': 'La licence est celle de son dépôt ; les poids n’en nomment aucune.',
    'albef-coco': 'La licence est celle de son dépôt ; les poids n’en nomment aucune.',
    'albef-refcoco':
      'La licence est celle de son dépôt ; les poids n’en nomment aucune. Les cartes de mots de ses auteurs ont été faites avec lui.',
    'albef-14m':
      'La licence est celle de son dépôt ; les poids n’en nomment aucune. Le fichier contient aussi l’état de son entraînement.',
    'mplug-large-flickr':
      'La licence est celle de sa page. Aucune couche n’a été publiée : le réglage en choisit une.',
    'mplug-large-v2':
      'Ses auteurs n’indiquent aucune licence. Un fichier sans tête de correspondance est refusé par son nom.',
    'mplug-large':
      'Ses auteurs n’indiquent aucune licence. Un fichier sans tête de correspondance est refusé par son nom.',
    'mplug-base':
      'Ses auteurs n’indiquent aucune licence. Un fichier sans tête de correspondance est refusé par son nom.',
  },
};
