// Portuguese words for parameters of the engines and their values.
import type { Catalogue } from '../../languages/catalogue.ts';

export const params: Catalogue['models']['engines']['params'] = {
  'car.confidence': 'Descartar abaixo de',
  'car.mapThreshold': 'Limiar do mapa',
  'car.maskThreshold': 'Limiar da máscara do prompt',
  'car.blur': 'Imagem do prompt: borrada',
  'car.gray': 'Imagem do prompt: cinza',
  'car.black': 'Imagem do prompt: preta',
  'car.circle': 'Imagem do prompt: círculo',
  'naclip.strategy': 'O último bloco lê',
  'naclip.nearness': 'Proximidade, em blocos',
  'naclip.shortSide': 'Lado curto, em pixels',
  'naclip.windows': 'Janelas',
  'masks.contrast': 'Contraste das palavras',
  'masks.smallestShare': 'Menor parcela',
  'masks.backgroundFactor': 'Peso do fundo',
};

export const values: Catalogue['models']['engines']['values'] = {
  naclip: 'Chaves próximas (naclip)',
  nonly: 'Só proximidade (nonly)',
  kk: 'Chaves (kk)',
  csa: 'Consultas e chaves (csa)',
  vanilla: 'Como treinado (vanilla)',
  auto: 'Automático',
  on: 'Ligado',
  off: 'Desligado',
};
