// Portuguese sentences of the rounds before a judge.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';

const asked = (n: number, bare: boolean) =>
  `${counted(n, 'classe', 'classes')}, ${bare ? 'só nomes' : '“a clean origami …”'}`;

export const rounds: Catalogue['evidence']['rounds'] = {
  view: 'Rodadas',
  intro: 'Cada rodada pergunta a um juiz o que ele vê, e larga o que ele não vê.',
  title: 'Classes por rodadas: mapa, imagem para o juiz, nota',
  taking: asked,
  takingStuff: (n, bare) => `matéria: ${asked(n, bare)}`,
  stuffNote: 'A matéria é pedida atrás das coisas, que contam como suas palavras de fundo.',
  nobody: 'ninguém largado: o ciclo termina',
  kept: 'mantida',
  dropped: 'largada',
  cell: (name, round, value, kept) =>
    `${name}, rodada ${round}: ${value}, ${kept ? 'mantida' : 'largada'}`,
  detail: (name, round) => `${name} na rodada ${round}`,
  picture: 'Imagem do prompt',
  at: (name, round) => `${name}, rodada ${round}`,
  pictureOf: (name, round) =>
    `O que foi mostrado ao juiz de ${name} na rodada ${round}; o quadrado tracejado é o que ele viu`,
  saw: 'O que o juiz viu',
  sawNote: 'linha: imagem, coluna: nome; a nota própria na diagonal',
  noMatrix: 'Esta execução é mais antiga que a tabela. Execute a imagem de novo para vê-la.',
  whyTitle: (name) => `Por que ${name} foi largada?`,
  whyKeptTitle: (name) => `Por que ${name} foi mantida?`,
  why: (name, seen, own, needed) =>
    seen.name === null
      ? `O juiz viu ${name} na própria imagem com só ${own}; era preciso ${needed}.`
      : `Na imagem de ${name} o juiz viu ${seen.name}, ${seen.score}. Para ${name}: ${own}, não acima de ${needed}.`,
  whyKept: (name, own, needed) =>
    `O juiz viu ${name} na própria imagem: ${own}, acima de ${needed}.`,
  whyBest: (name, own, needed) =>
    `${name} fica com ${own}, não acima de ${needed}: é a melhor de uma rodada que teria largado todas, ou nunca deve ser largada.`,
  keepAnyway: (name) => `Manter ${name} mesmo assim`,
  keepNote:
    'Este projeto nunca mais a larga, e a imagem é executada de novo. As máscaras aceitas ficam.',
};
