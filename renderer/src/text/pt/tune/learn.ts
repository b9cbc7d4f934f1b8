// Portuguese sentences about learning from accepted masks.
import type { LearnFigures } from '../../../../../electron/api/tuning.ts';
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted } from '../../plural.ts';

const whole = (share: number) => Math.round(100 * share);
const evidence = ({ images, up, down, alike, now, then }: LearnFigures) =>
  `${images === 1 ? 'Na' : 'Nas'} ${counted(images, 'imagem que você terminou', 'imagens que você terminou')}, as máscaras encaixam melhor em ${count(up)}, pior em ${count(down)}, igual em ${count(alike)} (sobreposição média ${whole(now)} -> ${whole(then)}\u202f%, cada imagem julgada por uma mistura escolhida sem ela).`;

export const learn: Catalogue['tune']['learn'] = {
  title: 'Adaptar a Similaridade às suas imagens',
  intro:
    'Leva o que a Similaridade procura em cada classe das palavras para a aparência das suas máscaras aceitas. Sem treino; suas máscaras ficam.',
  inUse: 'Em uso',
  measure: 'Medir',
  again: 'Medir de novo',
  stop: 'Parar',
  starting: 'Iniciando',
  noClip: 'Requer um modelo CLIP. Baixe um em Modelos.',
  few: (n) => `Termine mais ${counted(n, 'imagem', 'imagens')} com máscaras aceitas para medir.`,
  verdicts: {
    offer: (found) => `${evidence(found)} Outras imagens podem ganhar menos ou nada.`,
    few: () => 'Imagens terminadas de menos para dizer.',
    wrongMaps: () =>
      'Os mapas da Similaridade não mostram estas classes bem o bastante para isto ajudar. Tente outro método, outras palavras ou outro modelo.',
    stay: (found) =>
      `Só as palavras encaixam nas suas máscaras tão bem quanto qualquer mistura testada, em ${counted(found.images, 'imagem', 'imagens')}.`,
    unclear: (found) =>
      `${evidence(found)} Isso não é claro o bastante. Mais imagens terminadas dirão.`,
  },
  now: 'Só palavras',
  then: 'Com aparência',
  better: 'Melhor, pior, igual',
  counts: ({ up, down, alike }) => `${count(up)}, ${count(down)}, ${count(alike)}`,
  mix: 'Parcela da aparência',
  classes: 'Classes com aparência',
  model: 'Modelo',
  use: 'Usar neste projeto',
  leave: 'Voltar só às palavras',
  usedToast:
    'A Similaridade usa a aparência das suas máscaras. As propostas ficam até você executar de novo.',
  leftToast: 'A Similaridade volta a usar só palavras.',
  undone: 'Os ajustes de antes voltam a valer.',
};
