// Spanish sentences about the packs of the catalogue.
import type { Catalogue } from '../../languages/catalogue.ts';

export const packs: Catalogue['models']['packs'] = {
  purposes: {
    'drawn-scenes':
      'Para probar el programa sin descargar nada. Conoce cosas dibujadas y texturas, no fotografías.',
    'blip-itm-large-flickr': 'Fotografías, cosas cotidianas. El modelo de referencia del método.',
    'blip-itm-large-coco': 'Fotografías, entrenado con textos de COCO.',
    'blip-itm-base-coco': 'Fotografías, la mitad de grande. Bueno sin GPU.',
    'blip-itm-base-flickr': 'Fotografías, la mitad de grande. Bueno sin GPU.',
    'bridgetower-large-itm': 'Fotografías. Una segunda opinión, más lenta.',
    'albef-flickr': 'Fotografías. Una segunda opinión, tan grande como BLIP base.',
    'albef-coco': 'Fotografías, entrenado con textos de COCO. Tan grande como BLIP base.',
    'albef-refcoco': 'Fotografías, entrenado con frases sobre cosas sueltas.',
    'albef-14m': 'Fotografías, antes de cualquier ajuste fino. Ve 256 píxeles.',
    'mplug-large-flickr': 'Fotografías. Una segunda opinión, más lenta.',
    'mplug-large-v2': 'Fotografías, antes de cualquier ajuste fino.',
    'mplug-large': 'Fotografías, antes de cualquier ajuste fino.',
    'mplug-base': 'Fotografías, antes de cualquier ajuste fino. La mitad de grande.',
    'clip-vit-base-patch16': 'Encuentra máscaras por semejanza y en rondas. Bueno sin GPU.',
    'clip-vit-large-patch14': 'Juzga lo que hallan las rondas, y las máscaras al ajustar.',
    'clip-vit-large-patch14-336': 'Juzga las máscaras al ajustar, y lo que hallan las rondas.',
    'slimsam-uniform-77': 'Clics: halla el contorno bajo un clic. Rápido sin GPU.',
    'slimsam-uniform-50': 'Clics: contornos más limpios, tres veces más lento que SlimSAM-77.',
    'mobile-sam': 'Clics: otro modelo pequeño, conocido de otras herramientas.',
    'sam-vit-base': 'Clics: contornos cuidados, segundos por imagen sin GPU.',
    'sam-vit-large': 'Clics: para una GPU.',
    'sam-vit-huge': 'Clics: el más grande, para una GPU con memoria de sobra.',
    'medsam-vit-base': 'Cajas en imágenes médicas; los clics solos no se entrenaron.',
  },
  notes: {
    'albef-flickr': 'La licencia es la de su repositorio; los pesos no nombran una propia.',
    'albef-coco': 'La licencia es la de su repositorio; los pesos no nombran una propia.',
    'albef-refcoco':
      'La licencia es la de su repositorio; los pesos no nombran una propia. Los mapas de palabras de sus autores se hicieron con él.',
    'albef-14m':
      'La licencia es la de su repositorio; los pesos no nombran una propia. El archivo contiene también el estado de su entrenamiento.',
    'mplug-large-flickr':
      'La licencia es la de su página. No se publicó ninguna capa: el ajuste elige una.',
    'mplug-large-v2':
      'Sus autores no indican licencia. Un archivo sin una cabeza de correspondencia se rechaza por su nombre.',
    'mplug-large':
      'Sus autores no indican licencia. Un archivo sin una cabeza de correspondencia se rechaza por su nombre.',
    'mplug-base':
      'Sus autores no indican licencia. Un archivo sin una cabeza de correspondencia se rechaza por su nombre.',
  },
};
