// Portuguese: why a device runs, or does not.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const reasons: Catalogue['models']['reasons'] = {
  set: (device) => `${device} foi escolhido à mão.`,
  setFailed: (device) => `${device} foi escolhido à mão. Falhou no autoteste.`,
  setNotHere: (device) =>
    `${device} foi escolhido, mas não existe neste sistema; por isso a CPU é usada.`,
  untested: () => 'Nenhum dispositivo foi testado ainda.',
  noneFaster: () => 'CPU escolhida: nada do que passou é claramente mais rápido.',
  nonePassed: () => 'CPU escolhida: nenhum outro dispositivo passou no autoteste.',
  fastest: (device, passed) =>
    `${device} escolhido: o mais rápido de ${count(passed)} que passaram.`,
  needsNvidia: () => 'Precisa de Linux em x64 e uma placa NVIDIA.',
  needsWindows: () => 'Precisa de Windows.',
  needsApple: () => 'Precisa de um Mac com chip da Apple.',
  notOnArm: () => 'Esta versão não o tem para Linux em ARM.',
  differs: (n) => `Os mapas diferem dos da CPU em ${count(n)}\u202f%.`,
  noNumbers: () => 'Os mapas têm valores que não são números.',
  crashed: (device) => `${device} fez o processo do modelo travar. Atualize o driver de vídeo.`,
  onlyCpu: (device) => `Para a CPU: ${device} não pode usar.`,
  onlyCards: () => 'Para placas de vídeo: a CPU não fica mais rápida com isso.',
  noCard: (device) =>
    `${device} não encontra uma placa de vídeo que possa usar. Verifique o driver de vídeo.`,
  outOfMemory: (device) =>
    `${device} ficou sem memória. Feche outros programas ou escolha um modelo menor.`,
  library: (kind, library) =>
    `CUDA precisa da biblioteca ${library} de ${kind}, que não está neste computador. “salience devices cuda” diz tudo o que é preciso da NVIDIA.`,
  notInstalled: () =>
    'As bibliotecas CUDA do ambiente de execução não estão instaladas. “salience devices cuda” diz o que seria baixado.',
  otherLibrary: () =>
    'Uma biblioteca de CUDA ou cuDNN está ausente ou é de outra versão. “salience devices cuda” diz quais são necessárias.',
  noNvidia: () => 'CUDA não encontra uma placa NVIDIA, ou o driver é antigo demais.',
  lost: (device) => `${device} perdeu a conexão com a placa de vídeo.`,
  notInBuild: (device) => `${device} não está incluído neste sistema.`,
  noHalf: (device) => `${device} não calcula em meia precisão nesta placa de vídeo.`,
  cannotRun: (device) => `${device} não consegue executar um passo deste modelo.`,
  failed: (device) => `${device} não conseguiu executar o modelo. O log tem os detalhes.`,
};
