// Portuguese sentences about edges that a click model draws, and about things as objects of their own.
import type { KeptEdge } from '../../../../../electron/api/clicks/edges.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, duration, fixed, percent } from '../../plural.ts';

const value = (of: number) => fixed(of, 2);

function reason({ reason: why, value: found, limit }: KeptEdge): string {
  const of = `${value(found)} de ${value(limit)}`;
  switch (why) {
    case 'disagrees':
      return `não concorda, ${of}`;
    case 'unsure':
      return `o modelo de cliques não tem certeza, ${of}`;
    case 'unstable':
      return `o contorno não é estável, ${of}`;
    case 'elsewhere':
      return `quase todo fora da saliência, ${of}`;
    case 'size':
      return limit > 1
        ? `${fixed(found, 1)} vezes o tamanho, no máximo ${count(limit)}`
        : `${value(found)} vezes o tamanho, no mínimo ${count(limit)}`;
  }
}

export const edges: Catalogue['edges'] = {
  title: 'Contornos',
  refine: {
    off: 'Refinar: não',
    edges: 'Refinar: contornos',
    instances: 'Refinar: objetos',
  },
  menu: 'Contornos e objetos de uma execução',
  crisp: 'Contornos nítidos',
  crispHint: (name) =>
    `${name} redesenha o contorno de cada coisa onde concorda com a saliência. Senão o contorno fica, e a lista diz por quê.`,
  cost: (ms) => `Cerca de ${duration(ms)} por imagem aqui`,
  perThing: 'Um objeto por coisa',
  perThingHint: 'Coisas de uma classe que se tocam são separadas.',
  perThingPlain: 'Cada parte conectada de uma classe é um objeto próprio.',
  needs: (name) => `Contornos nítidos exigem um modelo de cliques. ${name} é o mais rápido.`,
  needsAny: 'Contornos nítidos exigem um modelo de cliques: veja Modelos e dispositivos.',
  stuff: 'Classes de matéria mantêm os contornos.',
  alsoStuff: 'Também matéria: só contornos',
  alsoStuffHint: 'A borda da matéria se move no máximo um bloco; o que está dentro fica.',
  summary: ({ refined, all, median }) => {
    const asked = `${count(refined)} de ${counted(all, 'contorno refinado', 'contornos refinados')}`;
    return median === null ? asked : `${asked}, mediana ${value(median)}`;
  },
  kept: 'Contorno do CRF mantido',
  reason,
  edge: (of) => `contorno ${value(of)}`,
  before: 'antes, CRF',
  why: {
    lead: 'A saliência diz o quê, o modelo de cliques diz onde termina.',
    film: 'Mostrar as passadas',
    before: (px) => `Parte do CRF, ${px} px`,
    mask: (px) => `Máscara, ${px} px`,
    change: (value) => `Mudança ${value < 0 ? '−' : '+'}${percent(Math.abs(value))}`,
    choices: (n) => `${counted(n, 'opção', 'opções')} do modelo de cliques`,
    noChoices: 'As opções precisam de um modelo de cliques',
    waiting: 'Aguarda',
  },
  showBoth: 'Mostrar os dois',
  showOne: 'Mostrar um',
  refused: (name) => `recusado, ${name}`,
  stayed: 'mantido, CRF',
  after: (name) => `depois, ${name}`,
  found: (name) => `Contornos por ${name}`,
  numbers: ({ agrees, fit, steady, edge }) =>
    `Contorno ${value(edge)}: acordo ${value(agrees)}, encaixe ${value(fit)}, estabilidade ${value(steady)}`,
  keptBecause: (kept) => `Contorno do CRF mantido: ${reason(kept)}`,
  numbersHint:
    'Acordo: o que a máscara compartilha com a saliência. Encaixe: a estimativa do próprio modelo de cliques. Estabilidade: quão pouco muda com outro corte. Contorno: os três em um.',
  report: (refined, kept) =>
    `Contornos: ${counted(refined, 'refinado', 'refinados')}, ${counted(kept, 'mantido', 'mantidos')}`,
  reportMedian: (median) => `mediana ${value(median)}`,
  reportNone: 'Todos os contornos foram redesenhados.',
  reportShow: {
    refined: 'Imagens com contornos refinados',
    kept: 'Imagens com contornos mantidos',
  },
  more: (n) => `e mais ${count(n)}`,
};
