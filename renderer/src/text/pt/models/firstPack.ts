// Portuguese sentences about the first model for photographs, the choice of a model, and CUDA.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted, listed } from '../../plural.ts';

export const first: Catalogue['models']['first'] = {
  title: 'Pronto para fotos em um passo',
  fits: (size, gpu) =>
    gpu
      ? `serve para este computador: a GPU passou no teste. ${size} uma vez, depois sem rede.`
      : `serve para este computador: bom sem GPU. ${size} uma vez, depois sem rede.`,
  drawnOnly: 'O modelo embutido só conhece coisas desenhadas.',
  knows: (size) => `conhece fotos: ${size} uma vez, depois sem rede.`,
  get: (size) => `Baixar, ${size}`,
  others: 'Outros modelos',
  arriving: (name) => `${name} está a caminho. É escolhido sozinho quando estiver pronto.`,
  meanwhile: 'Enquanto isso, digite nomes de classes e desenhe.',
  waitingRun: 'A execução na imagem aberta começa então.',
  useDrawnMeanwhile: 'Usar por ora o modelo de cenas desenhadas',
  pause: 'Pausar',
  cancel: 'Cancelar',
  goOn: 'Continuar',
  paused: (name, percent) => `${name} está pausado em ${percent}. Nada se perdeu.`,
  stopped: (name) => `${name} não chegou.`,
  runWhenReady: 'Executar quando pronto',
  runsThen: (name) => `Executa quando ${name} estiver pronto. I de novo cancela.`,
  pressToWait: (name) => `Tecle I para executar quando ${name} estiver pronto, ou desenhe com B.`,
  waits: (name) => `Executa quando ${name} estiver pronto.`,
  waitsNoMore: 'A execução não espera mais.',
  chosen: (name) => `${name} está pronto e em uso.`,
  useDrawn: 'Usar o modelo de cenas desenhadas',
  getting: (name, how) => `Baixando ${name}, ${how}`,
  noAnswer: (name) => `${name}: o download parou`,
};

export const choice: Catalogue['models']['choice'] = {
  title: 'Como as máscaras são achadas',
  model: 'Modelo',
  needs: 'Requer',
  oneImage: 'Uma passada, aqui',
  here: 'Neste computador',
  measured: 'medido aqui',
  notMeasured: 'ainda não medido',
  memory: (size) => `${size} de memória`,
  toFetch: (size, licence) => `${size}, ${licence}`,
  stays: 'As propostas ficam até você executar de novo. Máscaras aceitas nunca mudam.',
  all: 'Modelos e dispositivos',
  use: 'Usar este modelo',
  getAndUse: (size) => `Baixar ${size} e usar`,
  explain: 'Como as máscaras são achadas',
};

export const cuda: Catalogue['models']['cuda'] = {
  title: 'CUDA para placas NVIDIA',
  text: 'Com uma placa NVIDIA, CUDA é o mais rápido. As bibliotecas não vêm no programa.',
  look: 'O que é preciso',
  offer: (name, size, host) => `${name}, ${size}, de ${host}.`,
  nvidia: 'CUDA e cuDNN da própria NVIDIA não fazem parte; as versões necessárias são lidas dele.',
  get: (size) => `Baixar, ${size}`,
  getting: 'Baixando as bibliotecas CUDA',
  stop: 'Parar',
  needs: (products, names) => `Baixado. Requer ${products} da NVIDIA: ${listed(names)}.`,
  needsOnly: (names) => `Baixado. Requer da NVIDIA: ${listed(names)}.`,
  unreachable: (found) =>
    `O repositório de pacotes está inacessível: ${found}. Atrás de um proxy, defina HTTPS_PROXY. Nada foi alterado.`,
  fetched: 'Baixado. O que requer da NVIDIA não pôde ser lido dele: o teste dirá.',
  missing: (names) =>
    `Não encontrado aqui: ${counted(names.length, 'biblioteca', 'bibliotecas')}, ${listed(names)}. Instale-as, ou indique a pasta em LD_LIBRARY_PATH, e reinicie o Salience.`,
  complete: 'Está tudo aqui. Teste o CUDA agora.',
};
