// Portuguese sentences of the start screen and of the folder browser.
import type { Catalogue } from '../languages/catalogue.ts';
import { count, counted } from '../plural.ts';

export const home: Catalogue['home'] = {
  title: 'Rotule imagens e veja por quê',
  subtitle: 'Digite nomes de classes. O modelo propõe máscaras e mostra o que olhou. Você decide.',
  openTitle: 'Abrir uma pasta de imagens',
  openHint: 'Seus arquivos são apenas lidos, nunca alterados, copiados ou enviados.',
  openHintDrop:
    'Ou solte-a aqui. Seus arquivos são apenas lidos, nunca alterados, copiados ou enviados.',
  chooseFolder: 'Escolher pasta',
  formats: 'JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, até 12.000 px por lado',
  importLabels: 'Importar rótulos',
  openProject: 'Abrir projeto',
  startHere: 'Comece aqui',
  sampleTitle: 'Experimente o projeto de exemplo',
  sampleText:
    'Cenas desenhadas e um modelo pequeno que já está neste computador. Primeira máscara em cerca de 20 segundos.',
  openSample: 'Abrir exemplo',
  sampleClasses: ['umbrella', 'ball', 'crab'],
  whatIsInside: 'O que há dentro',
  insideTitle: 'O projeto de exemplo',
  insideText:
    'Cenas desenhadas com animais, comida, prédios e formas. O modelo embutido só conhece coisas desenhadas, roda em qualquer processador e não pede nenhum download. O projeto é uma cópia própria: experimente tudo, nada seu é tocado.',
  steps: [
    { title: 'Digite nomes de classes', text: 'umbrella, ball, crab' },
    { title: 'Olhe a saliência', text: 'por que o modelo escolheu um lugar' },
    { title: 'Aceite ou corrija', text: 'Enter, Backspace, pincel' },
  ],
  illustration:
    'Uma cena desenhada com três máscaras: círculo amarelo 0,96, estrela azul 0,94, carro 0,91',
  recent: 'Projetos recentes',
  recentCount: (n) => counted(n, 'projeto', 'projetos'),
  noRecent: 'Os projetos que você abrir ficam aqui.',
  reviewed: (done, total) => `${count(done)} de ${counted(total, 'revisada', 'revisadas')}`,
  missing: 'A unidade não está conectada. Seus rótulos estão seguros.',
  findFolder: 'Localizar pasta',
  forget: 'Remover desta lista',
  pin: 'Fixar',
  unpin: 'Desafixar',
  pinned: 'Fixado',
  rowMenu: (name) => `Menu de ${name}`,
  copyPath: 'Copiar caminho',
  showInFolder: 'Mostrar na pasta',
  browseFolder: 'Escolher uma pasta',
  browseProject: 'Escolher um projeto',
  browseFile: 'Escolher um arquivo de rótulos',
  browseLabels: 'Escolher uma pasta de rótulos',
  browseModel: 'Escolher a pasta do modelo',
  chooseThis: 'Escolher esta pasta',
  emptyFolder: 'Nada para abrir aqui.',
  noFolders: 'Nenhuma pasta aqui.',
  goUp: 'Uma pasta acima',
  recentFolders: 'Pastas recentes',
  pathField: 'Caminho',
  pathHint: 'Digite ou cole um caminho e tecle Enter',
  imagesHere: (n) => counted(n, 'imagem', 'imagens'),
};
