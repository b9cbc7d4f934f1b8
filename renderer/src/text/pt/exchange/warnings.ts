// Portuguese: what an export could not hold or left out.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, fixed } from '../../plural.ts';

export const warnings: Catalogue['exchange']['warnings'] = {
  noPixel: (image) => `${image}: uma anotação sem pixels ficou de fora`,
  overlap: (image, px, gone) =>
    `${image}: há anotações sobrepostas, ${count(px)} px mostram só a de cima${gone > 0 ? `; totalmente encobertas: ${count(gone)}` : ''}`,
  gone: (image, n) => `${image}: totalmente encobertas: ${count(n)}`,
  simplified: (px) => `contornos foram simplificados em até ${fixed(px, 2)} px`,
  labelmeUnsplit: () =>
    'arquivos do labelme não são divididos em train e val; cada imagem tem seu próprio arquivo',
  cvatUnsplit: () =>
    'arquivos do CVAT não são divididos em train e val; todas as imagens estão em um só',
  cvatNotes: (n) =>
    `as notas de ${counted(n, 'imagem', 'imagens')} não estão no arquivo: o CVAT não tem lugar para elas`,
  controlCharacters: (image) =>
    `${image} ficou de fora: o nome tem caracteres de controle, que não cabem em listas de imagens; renomeie o arquivo`,
  leftOut: (image, why) => `${image} ficou de fora: ${why}`,
  crowded: (image) =>
    `${image} ficou de fora, como pedido: o formato não tem lugar para todos os seus objetos`,
  nameless: (image) => `${image} ficou de fora, como pedido: o nome não dá um nome de arquivo`,
  sharedFile: (image) =>
    `${image} ficou de fora, como pedido: dividiria um arquivo com outra imagem`,
  turned: (n) =>
    `${counted(n, 'imagem está gravada girada', 'imagens estão gravadas giradas')} (orientação EXIF); tamanhos e máscaras são os da imagem na posição certa`,
  replaced: (images, more) =>
    `Mudaram desde que foram rotuladas: ${images.join(', ')}${more > 0 ? ` e mais ${count(more)}` : ''}; olhe-as de novo`,
  more: (n) => `e mais ${counted(n, 'aviso', 'avisos')}`,
};
