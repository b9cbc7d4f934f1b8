// Portuguese sentences about settings learned from corrections. They say what was seen on finished images, never what
// will be.
import type { EdgeOffer } from '../../../../../electron/api/corrections/corrections.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, duration, percent } from '../../plural.ts';

const images = (n: number) => counted(n, 'imagem terminada', 'imagens terminadas');
const open = (n: number) => counted(n, 'imagem aberta', 'imagens abertas');
const px = ({ pixels }: EdgeOffer) => `${count(Math.abs(pixels))} px`;
const drawn = ({ kind }: EdgeOffer) => (kind === 'thing' ? 'as coisas' : 'a matéria');

export const corrections: Catalogue['tune']['corrections'] = {
  title: 'Aprender com correções',
  intro:
    'Testa ajustes de máscara nos mapas guardados das imagens que você terminou. O modelo não roda, e nada muda antes de você dizer.',
  compare: 'Comparar ajustes',
  again: 'Comparar de novo',
  harder: 'Insistir mais',
  harderHint: 'Exige menos de cada mudança. O que acha é menos certo.',
  stop: 'Parar',
  starting: 'Iniciando',
  background: 'Comparando ajustes em segundo plano.',
  few: (n) => `Termine mais ${counted(n, 'imagem', 'imagens')} para comparar ajustes.`,
  none: 'Os ajustes ainda não foram comparados.',
  offer: 'Suas correções sugerem outros ajustes.',
  evidence: ({ images: n, up, down, alike, now, then }) =>
    `${n === 1 ? 'Na' : 'Nas'} ${counted(n, 'imagem que você terminou', 'imagens que você terminou')}, encaixam melhor em ${count(up)}, pior em ${count(down)}, igual em ${count(alike)} (sobreposição média ${count(Math.round(100 * now))} → ${percent(then)}, cada imagem julgada por ajustes escolhidos sem ela). Outras imagens podem ganhar menos ou nada.`,
  open: ({ changed, images: all, looked }) =>
    looked < all
      ? `${count(changed)} de ${counted(looked, 'imagem aberta examinada', 'imagens abertas examinadas')} mudariam.`
      : `${count(changed)} de ${open(all)} mudariam.`,
  mustRun: (n, of) =>
    `${count(n)} de ${open(of)} ${n === 1 ? 'precisa' : 'precisam'} de nova execução para mudar.`,
  edges: (found) =>
    found.pixels > 0
      ? `Você desenha ${drawn(found)} cerca de ${px(found)} além do proposto`
      : `Você desenha ${drawn(found)} cerca de ${px(found)} aquém do proposto`,
  edgeMasks: ({ up, masks }) =>
    `(${count(up)} de ${counted(masks, 'máscara corrigida', 'máscaras corrigidas')}).`,
  edgesUse: (found) =>
    found.pixels > 0 ? `Aumentar propostas em ${px(found)}` : `Encolher propostas em ${px(found)}`,
  show: 'Comparar',
  hide: 'Ocultar',
  use: 'Usá-los',
  notNow: 'Agora não',
  back: 'Voltar aos ajustes de antes',
  inUse: 'Em uso',
  verdicts: {
    few: ({ missing }) =>
      `Termine mais ${counted(missing, 'imagem', 'imagens')} para comparar ajustes.`,
    untouched: () => 'Todas as máscaras foram aceitas como estavam. Nada para aprender.',
    doubtFirst: ({ missing }) =>
      `Você terminou primeiro as imagens duvidosas. Termine ${count(missing)} das outras antes de comparar.`,
    easyFirst: ({ missing }) =>
      `Você terminou primeiro as imagens claras. Termine ${count(missing)} das duvidosas antes de comparar.`,
    wrongMaps: () =>
      'Os mapas não mostram estas classes bem o bastante para ajustes ajudarem. Tente Calibrar (camada e cabeça), outro prompt ou outro pacote.',
    stay: ({ tried }) =>
      `Os ajustes em uso encaixam nas suas correções tão bem quanto qualquer um testado (${count(tried)}).`,
    unclear: ({ up, down }) =>
      `Outros ajustes parecem um pouco melhores nas suas imagens (${count(up)} melhor, ${count(down)} pior), mas sem clareza. Mais imagens terminadas dirão.`,
  },
  prepare: ({ images: n, ms }) =>
    ms > 0
      ? `Executar o modelo de novo em ${images(n)}, cerca de ${duration(ms)}`
      : `Executar o modelo de novo em ${images(n)}`,
  weak: (names) =>
    `Os mapas não mostram ${new Intl.ListFormat('pt-BR').format(names)} bem o bastante para ajustes ajudarem. Tente outro prompt ou sinônimos.`,
  since: ({ up, down }) => `Desde então: ${count(up)} melhor, ${count(down)} pior.`,
  worse: 'Imagens terminadas desde então encaixam pior com estes ajustes do que com os de antes.',
  details: 'Detalhes',
  knob: 'Ajuste',
  now: 'Agora',
  suggested: 'Sugerido',
  knobs: {
    things: 'Limiar de coisas',
    stuff: 'Limiar de matéria',
    rule: 'Regra do limiar',
    colour: 'Largura de cor dos contornos',
    reach: 'Alcance dos contornos, px',
    blur: 'Desfoque',
    temperature: 'Temperatura',
    passes: 'Pesos das passadas',
  },
  values: {
    constant: 'fundo de uma só altura',
    grey: 'cortar abaixo',
    binary: 'tudo ou nada',
    now: 'como estão',
    all: 'todos iguais',
    first: 'só a primeira passada',
  },
  gain: 'Mudança média, à parte',
  spread: 'O erro dela',
  agree: 'Escolhas que concordam',
  tried: 'Ajustes testados',
  points: (value) => `${value < 0 ? '−' : '+'}${percent(Math.abs(value), 1)}`,
  error: (value) => `± ${percent(value, 1)}`,
  leftOut: {
    noRun: (n) => `${images(n)}: sem execução do modelo.`,
    noMaps: (n) => `${images(n)}: os mapas não existem mais.`,
    otherModel: (n) => `${images(n)}: execução com outro modelo ou método.`,
    otherRun: (n) => `${images(n)}: execução com outras palavras, passadas ou camadas.`,
    otherFile: (n) => `${images(n)}: o arquivo agora é outro, ou não pode ser lido.`,
    nothing: (n) => `${images(n)}: nenhuma máscara aceita de uma classe pedida.`,
    copies: (n) => `${images(n)}: igual a outra.`,
    older: (n) => `${images(n)}: valem as mais recentes.`,
  },
  pairs: 'Antes e depois, as que mais mudam primeiro',
  pair: (name) => `${name}: propostas agora, e com os ajustes sugeridos`,
  before: 'Agora',
  after: 'Sugerido',
  more: 'Mostrar mais',
  noPairs: 'Nenhuma imagem aberta mudaria.',
  drawing: 'Fazendo as máscaras.',
  usedToast: ({ changed, vanished }) =>
    `${counted(changed + vanished, 'proposta mudada', 'propostas mudadas')}. As máscaras aceitas ficam.`,
};
