// Portuguese sentences about the packs of the catalogue.
import type { Catalogue } from '../../languages/catalogue.ts';

export const packs: Catalogue['models']['packs'] = {
  purposes: {
    'drawn-scenes':
      'Para experimentar o programa sem baixar nada. Conhece coisas desenhadas e texturas, não fotografias.',
    'blip-itm-large-flickr': 'Fotografias, coisas do dia a dia. O modelo de referência do método.',
    'blip-itm-large-coco': 'Fotografias, treinado com legendas do COCO.',
    'blip-itm-base-coco': 'Fotografias, metade do tamanho. Bom sem GPU.',
    'blip-itm-base-flickr': 'Fotografias, metade do tamanho. Bom sem GPU.',
    'bridgetower-large-itm': 'Fotografias. Uma segunda opinião, mais lenta.',
    'albef-flickr': 'Fotografias. Uma segunda opinião, do tamanho do BLIP base.',
    'albef-coco': 'Fotografias, treinado com legendas do COCO. Do tamanho do BLIP base.',
    'albef-refcoco': 'Fotografias, treinado com expressões para coisas isoladas.',
    'albef-14m': 'Fotografias, antes de qualquer ajuste fino. Vê 256 pixels.',
    'mplug-large-flickr': 'Fotografias. Uma segunda opinião, mais lenta.',
    'mplug-large-v2': 'Fotografias, antes de qualquer ajuste fino.',
    'mplug-large': 'Fotografias, antes de qualquer ajuste fino.',
    'mplug-base': 'Fotografias, antes de qualquer ajuste fino. Metade do tamanho.',
    'clip-vit-base-patch16': 'Encontra máscaras por semelhança e em rodadas. Bom sem GPU.',
    'clip-vit-large-patch14': 'Julga o que as rodadas encontram, e as máscaras durante o ajuste.',
    'clip-vit-large-patch14-336':
      'Julga as máscaras durante o ajuste, e o que as rodadas encontram.',
    'slimsam-uniform-77': 'Cliques: acha o contorno sob um clique. Rápido sem GPU.',
    'slimsam-uniform-50': 'Cliques: contornos mais limpos, três vezes mais lento que o SlimSAM-77.',
    'mobile-sam': 'Cliques: outro modelo pequeno, conhecido de outras ferramentas.',
    'sam-vit-base': 'Cliques: contornos cuidadosos, segundos por imagem sem GPU.',
    'sam-vit-large': 'Cliques: para uma GPU.',
    'sam-vit-huge': 'Cliques: o maior, para uma GPU com memória de sobra.',
    'medsam-vit-base': 'Caixas em imagens médicas; cliques sozinhos não foram treinados.',
  },
  notes: {
    'albef-flickr': 'A licença é a do seu repositório; os pesos não citam uma própria.',
    'albef-coco': 'A licença é a do seu repositório; os pesos não citam uma própria.',
    'albef-refcoco':
      'A licença é a do seu repositório; os pesos não citam uma própria. Os mapas de palavras dos próprios autores foram feitos com ele.',
    'albef-14m':
      'A licença é a do seu repositório; os pesos não citam uma própria. O arquivo contém também o estado do treinamento.',
    'mplug-large-flickr':
      'A licença é a da sua página. Nenhuma camada foi publicada: o ajuste escolhe uma.',
    'mplug-large-v2':
      'Os autores não informam licença. Um arquivo sem cabeça de correspondência é recusado pelo nome.',
    'mplug-large':
      'Os autores não informam licença. Um arquivo sem cabeça de correspondência é recusado pelo nome.',
    'mplug-base':
      'Os autores não informam licença. Um arquivo sem cabeça de correspondência é recusado pelo nome.',
  },
};
