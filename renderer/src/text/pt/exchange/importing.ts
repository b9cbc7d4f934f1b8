// Portuguese: what an import says of labels that it left out or changed.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

const px = ([width, height]: readonly [width: number, height: number]) =>
  `${count(width)} × ${count(height)}`;

const all = (names: readonly string[], more: number) =>
  more > 0 ? `${names.join(', ')} e mais ${count(more)}` : names.join(', ');
/** A value of the file, as the engine reads it off. */
const is = (found: string) => {
  if (found === 'missing') return 'falta';
  if (found === 'an object') return 'é um objeto';
  const list = /^a list of (\d+)$/.exec(found);
  return list ? `é uma lista de ${list[1]!}` : `é ${found}`;
};

export const importing: Catalogue['exchange']['importing'] = {
  reasons: {
    told: (why) => why,
    sameImage: (others, more, image) =>
      `e ${all(others, more)} seriam todos para ${image}; dê a eles o nome das suas imagens, com as pastas`,
    taken: (image, by) => `é para ${image}, que ${by} já descreve`,
    onlyOne: (image) => `foi tomado por ${image}, a única imagem com esse nome`,
    guessed: (said, image) => `nomeia ${said}, que não está aqui; tomado por ${image}`,
    several: (names, more) =>
      `poderia ser ${all(names, more)}; informe a pasta no arquivo ou renomeie uma`,
    unnamed: () => 'não pertence a nenhuma imagem daqui: nenhuma tem esse nome',
    notHere: (image) => `nomeia a imagem ${image}; nenhuma imagem daqui se chama assim`,
    notInProject: () => 'Não há tal imagem neste projeto.',
    otherSize: (said, size) => `O arquivo diz ${px(said)}, a imagem tem ${px(size)}.`,
    storedFrame: (said, size, orientation) =>
      `O arquivo diz ${px(said)}, a imagem tem ${px(size)}: a orientação EXIF ${orientation} a gira, e estas anotações foram feitas na imagem como está gravada. Elas podem ser giradas junto.`,
    labelledAt: (said, image, size) => `foi anotado em ${px(said)} px; ${image} tem ${px(size)} px`,
    noSize: () => 'não diz nenhum tamanho, e nenhuma imagem é conhecida',
    noPixelOf: (label) => `um objeto da classe ${label} não cobre nenhum pixel`,
    noPixel: () => 'não cobre nenhum pixel da sua imagem',
    objectWanted: (found) => `${is(found)}; esperava-se um objeto`,
    numberWanted: (found) => `${is(found)}; esperava-se um número`,
    imageNameWanted: (found) => `${is(found)}; esperava-se o nome da imagem`,
    classNameWanted: (found) => `${is(found)}; esperava-se um nome de classe`,
    pixelsWanted: (found) => `${is(found)}; esperavam-se pixels, 1 ou mais`,
    crowdWanted: (found) => `${is(found)}; esperava-se 0 ou 1`,
    crowdMissing: () => 'falta; lido como 0',
    polygonsWanted: (found) => `${is(found)}; esperavam-se polígonos ou RLE`,
    sizeFromImage: (found) => `${is(found)}; tomado da imagem`,
    tooLarge: (size) => `tem ${px(size)} px; é grande demais`,
    scoreOut: (found) => `${is(found)}; deixado de fora`,
    areaCounted: (found) => `${is(found)}; contada a partir da máscara`,
    boxTaken: (found) => `${is(found)}; tomado da máscara`,
    tooDeep: () =>
      'está aninhado fundo demais ou é grande demais para ser mantido; deixado de fora',
    noImageOfId: (found) => `${is(found)}; nenhuma imagem tem esse id`,
    noCategoryOfId: (found) => `${is(found)}; nenhuma categoria tem esse id`,
    idOfImage: (found) => `${found} já é de outra imagem`,
    idOfCategory: (found) => `${found} já é de outra categoria`,
    listedTwice: (image) => `${image} aparece duas vezes; as duas são mantidas`,
    idTwice: (id) => `${id} é usado duas vezes; o posterior recebe um novo número`,
    idText: () => 'é texto; as exportações têm números inteiros, então recebe um novo',
    idBeyond: () => 'é um número acima de 2^53, que muitos programas arredondam; recebe um novo',
    idNotWhole: () => 'não é um número inteiro a partir de 1; recebe um novo',
    idMissing: () => 'falta; recebe um novo número',
    idZero: () => 'é 0, que o pycocotools conta como sem par; recebe um novo número',
    classZero: (name, id) =>
      `é 0, que vários programas leem como “sem classe”; ${name} recebe o número ${id}`,
    panoptic: () => 'é panóptico (segments_info); as máscaras estão ao lado, em arquivos PNG',
    maskMissing: () =>
      'falta ou está vazio; uma anotação só com pontos ou uma caixa não tem máscara',
    sizeMissing: () => 'falta ou não é [height, width]',
    sizeSwapped: ([width, height]) =>
      `é [${height}, ${width}], que é [width, height] da imagem; o COCO tem [height, width]`,
    sizeOther: ([width, height], size) =>
      `é [${height}, ${width}]; a imagem tem ${px(size)} px, esperava-se [${size[1]}, ${size[0]}]`,
    pythonBytes: () => 'está escrito como bytes do Python; lido sem o b e suas aspas',
    countsMissing: () => 'falta; esperava-se um texto ou uma lista de trechos',
    listMissing: () => 'falta; um conjunto de dados COCO tem esta lista',
    noList: () => 'não é uma lista',
    classUnnamed: (number, n) => `a classe ${number} não tem nome; há ${count(n)}`,
    box: () => 'é uma caixa; lida como a área do seu retângulo',
    wholeImage: () => 'tem etiquetas da imagem inteira; só áreas são importadas',
    classNameCut: (letters, most) =>
      `é um nome de classe de ${count(letters)} letras; cortado para ${count(most)}`,
    groupNameCut: (letters, most) =>
      `é um nome de grupo de ${count(letters)} letras; cortado para ${count(most)}`,
    joined: (names, name) =>
      `${names.join(' e ')} passam a ser uma classe, ${name}: nomes de classes diferem por mais que maiúsculas, espaços e formas de acentos`,
    goesTo: (name, mine) => `${name} vai para a classe ${mine} do projeto`,
  },
  same: (said, more) => `${said} (o mesmo em mais ${count(more)})`,
};
