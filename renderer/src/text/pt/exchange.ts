// Portuguese sentences of the import and export dialogs.
import type { Catalogue } from '../languages/catalogue.ts';
import { count, counted } from '../plural.ts';
import { formats } from './exchange/formats.ts';
import { warnings } from './exchange/warnings.ts';

export const exchange: Catalogue['exchange'] = {
  exportTitle: 'Exportar',
  doneTitle: 'Exportado e relido',
  format: 'Formato',
  formats,
  warnings,
  which: 'Imagens',
  all: 'Todas as imagens',
  reviewed: 'Só revisadas',
  picked: (n) => counted(n, 'imagem selecionada', 'imagens selecionadas'),
  proposals: 'Também propostas',
  proposalsHint: 'Desligado: só máscaras aceitas.',
  classes: 'Classes',
  noClass: 'Escolha pelo menos uma classe.',
  split: 'Separar para validação',
  fileName: 'Nome do arquivo',
  target: 'Pasta',
  targetDefault: 'Junto às imagens',
  choose: 'Escolher',
  start: 'Exportar',
  next: 'Avançar',
  back: 'Voltar',
  checkTitle: 'Exportação, 2 de 2: verificação',
  checkFirst: 'Examinar antes as máscaras',
  startN: (masks) => `Exportar ${counted(masks, 'máscara', 'máscaras')}`,
  running: 'Gravando e relendo',
  writing: (done, of) => `Gravando ${count(done)} de ${count(of)}`,
  readingBack: (done, of) => `Relendo ${count(done)} de ${count(of)}`,
  equal: (images, masks) =>
    `Relido: ${counted(images, 'imagem', 'imagens')}, ${counted(masks, 'máscara', 'máscaras')}, tudo igual.`,
  differs: (images, name) =>
    images === 1
      ? `${name} é relida diferente. O arquivo não foi mantido.`
      : `${name} e mais ${counted(images - 1, 'imagem são relidas diferentes', 'imagens são relidas diferentes')}. O arquivo não foi mantido.`,
  showIt: 'Mostrar',
  isThere: (name, when) => `${name} já existe (${when}).`,
  replace: 'Substituir',
  keepBoth: 'Manter os dois',
  anotherFormat: 'Outro formato',
  backTo: 'Voltar à exportação',
  copyPath: 'Copiar caminho',
  showInFolder: 'Mostrar na pasta',
  checks: {
    looking: 'Examinando as máscaras',
    head: (masks, images) =>
      `${counted(masks, 'máscara', 'máscaras')} em ${counted(images, 'imagem', 'imagens')}.`,
    nothing: 'Nada chama a atenção.',
    proposalsOut: (n) =>
      `${counted(n, 'proposta', 'propostas')} de fora. Aceite-as, ou volte e inclua-as.`,
    classesOut: (n) =>
      `${counted(n, 'máscara', 'máscaras')} de outras classes de fora, como pedido.`,
    unreviewedOut: (n) =>
      `${counted(n, 'imagem não revisada', 'imagens não revisadas')} de fora, como pedido.`,
    doNotStop: 'Isto não impede a exportação.',
    to: 'Em',
    show: (n) => `Mostrar ${count(n)}`,
    showFirst: (n) => `Mostrar os ${count(n)} primeiros`,
    decide: (n) => `Decidir ${count(n)}`,
    fillIn: 'Preencher',
    keepOne: 'Manter uma de cada',
    nothingToDo: 'nada a fazer',
    kept: (masks, images) =>
      `${counted(masks, 'máscara excluída', 'máscaras excluídas')} em ${counted(images, 'imagem', 'imagens')}.`,
    onlyLocked: 'As máscaras bloqueadas ficam: nada foi excluído.',
    grades: {
      warn: 'Aviso',
      question: 'Pergunta',
      info: 'Nota',
      fine: 'Em ordem',
    },
    rules: {
      missing: 'Imagens ausentes ou danificadas',
      tiny: 'Máscaras minúsculas',
      overlap: 'Sobreposição de duas classes',
      twice: 'Mesma máscara duas vezes',
      undecided: 'Não decididas em imagens revisadas',
      unsaid: 'Sem um campo necessário',
      border: 'Tocam a borda',
      files: 'Arquivos',
    },
    hints: {
      missing: 'os arquivos não podem ser lidos',
      tiny: 'menos de 16 px, em geral deslizes do pincel',
      overlap: 'mais de 20\u202f% da menor',
      twice: 'uma classe, quase os mesmos pixels',
      undecided: 'propostas que ninguém decidiu',
      unsaid: 'objetos sem o que a classe pede',
      border: 'coisas que estão cortadas',
      files: 'todas as imagens estão lá',
    },
  },
  importTitle: 'Importar rótulos',
  source:
    'Um arquivo COCO, CVAT, Label Studio ou VIA, ou uma pasta de labelme, YOLO, Supervisely, Pascal VOC ou máscaras PNG',
  chooseFile: 'Escolher arquivo',
  chooseLabels: 'Escolher pasta',
  chosenFile: 'O arquivo escolhido',
  chosenFolder: 'A pasta escolhida',
  asAccepted: 'Como máscaras aceitas',
  asProposals: 'Como propostas',
  asProposalsHint: 'você decide depois',
  found: (format, images, masks, classes) =>
    `${format}: ${counted(images, 'imagem', 'imagens')}, ${counted(masks, 'máscara', 'máscaras')}, ${counted(classes, 'classe', 'classes')}.`,
  imported: (images, masks) =>
    `Importado: ${counted(images, 'imagem', 'imagens')} e ${counted(masks, 'máscara', 'máscaras')}.`,
  problems: (n) => `${counted(n, 'entrada pulada', 'entradas puladas')}:`,
  changes: 'Lido com uma mudança:',
  skip: 'Pular entradas com defeito',
  turnAlong: 'Girar também os rótulos: foram feitos nas imagens como gravadas',
  importNow: 'Importar',
  moreProblems: (n) => `e mais ${count(n)}`,
};
