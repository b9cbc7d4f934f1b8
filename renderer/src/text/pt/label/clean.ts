// Portuguese sentences of cleaning up masks.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, fixed, percent } from '../../plural.ts';

const masks = (n: number) => counted(n, 'máscara', 'máscaras');
const px = (value: number) => `${count(value)} px`;

export const clean: Catalogue['clean'] = {
  title: 'Limpar',
  titleOf: (name) => `Limpar ${name}`,
  close: 'Fechar a limpeza',
  scope: 'Quais máscaras',
  scopes: {
    selection: (n) => `Seleção, ${count(n)}`,
    image: (n) => `Esta imagem, ${count(n)}`,
    class: 'Todas as imagens',
  },
  working: 'calculando',
  stop: 'Parar',
  grid: 'Máscaras que mudam',
  gridHead: (changed, all, images) =>
    `${changed === 1 ? 'Muda' : 'Mudam'} ${count(changed)} de ${masks(all)} em ${counted(images, 'imagem', 'imagens')}.`,
  mostShown: (n) =>
    n === 1
      ? ` Você vê ${count(n)}, a maior mudança.`
      : ` Você vê as ${count(n)} maiores mudanças.`,
  order: 'Ordem',
  orders: { change: 'Maior mudança', name: 'Nome da imagem', class: 'Classe' },
  tile: (name, added, removed) =>
    `${name}, −${px(removed)}, +${px(added)}; pressione para deixar como está`,
  otherTile: (category, image) => `${category}, ${image}`,
  leaveIt: 'Pressione para deixar esta como está. Segurar Q: a foto.',
  left: 'fica como está',
  legend: 'Cores',
  takenAway: 'tirado',
  added: 'somado',
  islands: 'Remover ilhas abaixo de',
  islandsDid: (n, of) => `${counted(n, 'ilha', 'ilhas')} em ${masks(of)}`,
  holes: 'Preencher furos abaixo de',
  holesDid: (n, of) => `${counted(n, 'furo', 'furos')} em ${masks(of)}`,
  smooth: 'Suavizar',
  smoothHint: 'pontas e fendas mais finas que o dobro disto somem',
  grow: 'Aumentar ou encolher',
  growHint: '0 mantém o tamanho',
  simplify: 'Simplificar',
  simplifyHint: 'menos cantos contam em formatos de polígono',
  simplifyDid: (before, after, error) =>
    `${count(before)} → ${count(after)} cantos, desvio de até ${fixed(error, 1)} px`,
  overlap: 'Sobreposição com outras máscaras',
  overlaps: { keep: 'Manter', order: 'Por ordem', salience: 'Por saliência' },
  overlapHint: 'os pixels comuns ficam com as duas',
  overlapsFound: (n) =>
    n === 0 ? 'sem sobreposições' : counted(n, 'sobreposição', 'sobreposições'),
  overlapsHeld: (n) => `${count(n)} ficam: a outra máscara está bloqueada ou aceita`,
  overlapsUnsalient: (n) =>
    `${count(n)} ficam: não há saliência guardada das duas classes. Execute a imagem com as duas.`,
  off: 'desligado',
  spoken: (value) => (value === 0 ? 'desligado' : `${value} ${value === 1 ? 'pixel' : 'pixels'}`),
  changes: 'Máscaras que mudam',
  changesOf: (n, all) => `${count(n)} de ${count(all)}`,
  others: 'Outras que cedem pixels',
  pixels: 'Pixels',
  pixelsOf: (added, removed) => `−${px(removed)}, +${px(added)}`,
  area: 'Área média',
  areaBy: (share) =>
    share === 0 ? 'como antes' : `${share > 0 ? '+' : '−'}${percent(Math.abs(share), 1)}`,
  acceptedAmong: 'Aceitas entre elas',
  locked: 'Travadas, ficam como estão',
  vanish: (n) => `${counted(n, 'máscara perderia', 'máscaras perderiam')} o último pixel.`,
  keepThem: 'Deixá-las como estão',
  deleteThem: 'Excluí-las',
  accepted: 'Também máscaras aceitas',
  oneStep: 'desfeito em um passo',
  clean: (n) => `Limpar ${masks(n)}`,
  reset: 'Redefinir',
  nothing: 'Nada muda com estes valores.',
  allOff: 'Mova um controle ou escolha quem fica com os pixels comuns para ver o que faria.',
  noMasks: 'Selecione máscaras, ou limpe todas de uma classe nesta imagem.',
  cleaned: (n, name) =>
    `${masks(n)}${name === null ? '' : ` de ${name}`}: ${n === 1 ? 'limpa' : 'limpas'}`,
  undo: 'Desfazer',
  history: (name, n) => (n === 1 ? `Limpar ${name}` : `Limpar ${masks(n)}`),
};
