// Portuguese words for the stages of what runs.
import type { Catalogue } from '../../languages/catalogue.ts';

export const stages: Catalogue['label']['prompt']['stages'] = {
  heads: {
    'Read image': 'Ler imagem',
    'Read images': 'Ler imagens',
    Encode: 'Codificar',
    Words: 'Palavras',
    Match: 'Correspondência',
    Pass: 'Passada',
    Maps: 'Mapas',
    Edges: 'Contornos',
    Device: 'Dispositivo',
    'Similar pixels': 'Pixels parecidos',
    Image: 'Imagem',
    'Look at masks': 'Examinar máscaras',
    'Judge without it': 'Julgar sem ela',
    'Run the model': 'Executar o modelo',
    'Look at open images': 'Examinar imagens em aberto',
    'Look at edges': 'Examinar contornos',
    'Check at full size': 'Conferir em tamanho real',
    'Compare settings': 'Comparar ajustes',
    'Make masks': 'Criar máscaras',
    'Make masks anew': 'Criar máscaras de novo',
    'Compare masks': 'Comparar máscaras',
  },
  of: (head, n, of) => `${head} ${n} de ${of}`,
  imageOf: (head, n, of) => `${head}, imagem ${n} de ${of}`,
  layer: (n) => `Camada ${n}`,
  round: (n, words) => `Rodada ${n}, ${words}`,
};
