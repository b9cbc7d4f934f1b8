// Portuguese words about engines side by side.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, listed } from '../../plural.ts';

export const compare: Catalogue['models']['compare'] = {
  title: (image) => `Comparar motores em ${image}`,
  inUse: 'Em uso',
  missing: 'O modelo dele ainda não está aqui.',
  get: 'Baixar',
  running: 'Em execução',
  waiting: 'Espera o anterior',
  stop: 'Parar',
  stopped: 'Parado',
  run: 'Executar',
  masks: 'Máscaras',
  doubtful: 'Duvidosas',
  agreement: 'Acordo',
  keep: 'Manter este',
  use: 'Usar este',
  why: 'Por quê',
  taken: (name) => `${name} está em uso, e as máscaras dele são as propostas aqui.`,
  absent: (names) =>
    names.length > 3
      ? `deixou de fora ${listed(names.slice(0, 3))} e mais ${count(names.length - 3)}`
      : `deixou de fora ${listed(names)}`,
  where: 'Onde concordam',
  map: (name) => `${name}: quanto mais escuro, mais motores pintaram`,
  mapNote: 'Quanto mais forte a cor, mais motores pintaram ali.',
  table: 'Acordo por classe',
  tableNote: 'sobreposição das máscaras, 1 é igual',
  class: 'Classe',
  all: 'Todas',
  pair: (a, b) => `${a}, ${b}`,
  notFound: 'não encontrada',
  nothing: 'Nenhum motor encontrou estas classes.',
  what: 'O que tomar',
  agreed: (names) =>
    names.length === 0
      ? 'Não há classe em que todos os motores concordem tanto.'
      : `Todos os motores concordam em ${listed(names)}.`,
  from: 'Onde todos concordam em ao menos',
  takeAgreed: 'Tomar o que todos concordam',
  agreedStep: 'Tomar o que os motores concordam',
  agreedTaken: (n) =>
    counted(
      n,
      'classe em que todos os motores concordam é agora proposta.',
      'classes em que todos os motores concordam são agora propostas.',
    ),
  agreedNote: 'Como o motor em uso as desenhou, em um passo. As outras classes ficam como estão.',
  note: 'Acordo não é verdade: motores podem errar igual. Nada muda antes de você tomar um; máscaras aceitas nunca mudam.',
  shows: 'O que as imagens mostram',
  showing: { masks: 'Máscaras', salience: 'Saliência', difference: 'Diferença' },
  together: 'Mover juntas',
  shownNote: {
    salience: 'Quanto mais claro, mais o motor olhou ali.',
    difference: 'Preenchido: só este motor pintou. Listrado: só outros.',
  },
  picture: (name) =>
    `Imagem de ${name}. Mais e menos ampliam e reduzem, 0 mostra tudo, as setas movem.`,
  noMap: 'Não há mapa desta classe aqui.',
  six: {
    try: 'Testar em 6 imagens',
    title: (n) => `Em ${count(n)} imagens`,
    starting: 'Iniciando',
    stop: 'Parar',
    engine: 'Motor',
    masks: (masks, doubtful) =>
      `${counted(masks, 'máscara', 'máscaras')}, ${count(doubtful)} duvidosas`,
    agreement: (value) => `acordo ${value}`,
    time: (time) => `${time} por imagem`,
    found: (n) => `${counted(n, 'máscara', 'máscaras')}`,
    waiting: 'Aguarda',
    note: (n) =>
      `As mesmas classes em ${n} imagens espalhadas pelo projeto. Nada é gravado; o que já foi perguntado não é perguntado de novo.`,
  },
  open: 'Comparar nesta imagem',
};
