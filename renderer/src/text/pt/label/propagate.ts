// Portuguese sentences of the card that proposes a selection on other images.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, listed } from '../../plural.ts';

const images = (n: number) => counted(n, 'imagem', 'imagens');

export const propagate: Catalogue['propagate'] = {
  title: (objects) =>
    objects === 1
      ? 'Propor em outras imagens'
      : `Propor ${counted(objects, 'máscara', 'máscaras')} em outras imagens`,
  where: 'Quais imagens',
  next: 'Próximas imagens',
  alike: 'Parecidas',
  picked: (n) => `Escolhidas, ${count(n)}`,
  most: 'Quantas imagens',
  counting: 'Procurando imagens',
  found: (n) =>
    `Em ${images(n)}, sem decisão, onde há correspondência de saliência. Desfazer tira tudo.`,
  none: {
    next: 'Nenhuma imagem não revisada vem depois desta.',
    alike: 'O modelo não viu nada parecido em nenhuma outra imagem.',
    picked: 'Todas as imagens escolhidas estão revisadas ou são esta.',
  },
  unknownLook:
    'A aparência ainda não é conhecida: execute antes o modelo nesta imagem, ou use as próximas imagens.',
  running: (done, n) => `${count(done)} de ${images(n)}. Nada foi gravado ainda.`,
  go: (n) => (n === 0 ? 'Propor' : `Propor em ${images(n)}`),
  done: ({ bySalience, asDrawn, leftOut: { there, absent, unread } }) => {
    const facts = [
      bySalience > 0 ? `${count(bySalience)} por correspondência de saliência` : '',
      asDrawn > 0
        ? `${count(asDrawn)} no mesmo lugar, ${asDrawn === 1 ? 'duvidosa' : 'duvidosas'}: sem saliência para comparar`
        : '',
      there > 0 ? `${count(there)} de fora: já ${there === 1 ? 'estava' : 'estavam'} lá` : '',
      absent > 0 ? `${count(absent)} de fora: o modelo não viu nada` : '',
      unread > 0
        ? counted(unread, 'imagem não pôde ser lida', 'imagens não puderam ser lidas')
        : '',
    ].filter((fact) => fact !== '');
    return facts.length === 0
      ? 'Nada foi proposto.'
      : `${counted(bySalience + asDrawn, 'máscara proposta', 'máscaras propostas')}: ${listed(facts)}.`;
  },
};
