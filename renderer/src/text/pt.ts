// Brazilian Portuguese: the whole catalogue.
import type { Catalogue } from './languages/catalogue.ts';
import { count, counted } from './plural.ts';
import { errors, figures, reasons } from './pt/errors.ts';
import { evidence } from './pt/evidence.ts';
import { exchange } from './pt/exchange.ts';
import { help } from './pt/help/help.ts';
import { home } from './pt/home.ts';
import { jobs } from './pt/jobs.ts';
import { keys } from './pt/keys.ts';
import { label } from './pt/label.ts';
import { clean } from './pt/label/clean.ts';
import { edges } from './pt/label/edges.ts';
import { filter } from './pt/label/filter.ts';
import { propagate } from './pt/label/propagate.ts';
import { said } from './pt/label/said.ts';
import { segment } from './pt/label/segment.ts';
import { models } from './pt/models.ts';
import { review } from './pt/review.ts';
import { settings } from './pt/settings.ts';
import { statistics } from './pt/statistics.ts';
import { tune } from './pt/tune.ts';

export const pt: Catalogue = {
  app: {
    name: 'Salience',
    version: (version) => `Salience ${version}`,
    connecting: 'Iniciando o motor',
    lost: 'A conexão com o Salience caiu. O que está salvo está seguro, e o que ainda não foi salvo fica nesta janela.',
    lostInBrowser:
      'O Salience foi encerrado ou está inacessível. O que está salvo está seguro, e o que ainda não foi salvo fica nesta janela. Se o Salience ainda estiver aberto, reconecte; senão, inicie-o de novo e abra o novo link em outra aba.',
    reconnect: 'Reconectar',
    onlyLooks: (why) => `${why} Você pode olhar, não editar.`,
    editHere: 'Editar aqui',
    asking: 'Pedimos à janela que edita este projeto que o salve e o libere.',
    lookOnly: 'Esta janela só mostra: escolha Editar aqui para mudar algo.',
    displaced: (mine, other) =>
      other === null
        ? `Outra janela fechou “${mine}”. Você pode olhar, não editar.`
        : `Outra janela abriu “${other}”. Você pode olhar “${mine}”, não editar.`,
    displacedHint: 'Este projeto não está mais aberto: abra-o de novo para mudar algo.',
    openAgain: (name) => `Reabrir ${name}`,
    goTo: (name) => `Ir para ${name}`,
  },
  screens: {
    home: 'Início',
    label: 'Rotular',
    evidence: 'Evidências',
    review: 'Revisar',
    jobs: 'Tarefas',
    tune: 'Calibrar',
    statistics: 'Estatísticas',
    models: 'Modelos e dispositivos',
    settings: 'Ajustes',
    help: 'Ajuda',
  },
  empty: {
    evidence: 'Execute o modelo nesta imagem para ver por quê.',
  },
  topbar: {
    label: 'Projeto e telas',
    projectMenu: 'Menu do projeto',
    screens: 'Telas',
    search: 'Buscar ações, imagens e classes',
    models: 'Modelos e dispositivos',
    method: (engine, pack) => {
      const name = engine === 'naclip' ? 'Similaridade' : engine === 'car' ? 'Rodadas' : engine;
      return pack === null ? name : `${name}, ${pack}`;
    },
    settings: 'Ajustes',
    saved: 'Salvo',
    saving: 'Salvando',
    notSaved: 'Não salvo',
    savedAt: (time) => `Salvo ${time}`,
    trouble: {
      kept: 'A alteração fica na memória enquanto esta janela estiver aberta.',
      saveCopy: 'Salvar uma cópia',
      giveUp: 'Desistir desta alteração',
      givenUp: 'A alteração foi descartada. Você vê o que está salvo.',
      stuck:
        'O projeto não aceita esta alteração, e nada nele avançou. Tente de novo, salve uma cópia ou desista da alteração.',
      fileName: (image) => `${image.replace(/^.*\//, '').replace(/\.[^.]+$/, '')}.coco.json`,
    },
    closeProject: 'Fechar projeto',
    openFolder: 'Abrir uma pasta de imagens',
    exportData: 'Exportar',
    fallback: 'O dispositivo escolhido não faz o que foi pedido.',
    builtIn: 'Modelo embutido',
  },
  status: {
    label: 'Status',
    keysHint: '? mostra as teclas',
    masks: (percent) => `Máscaras ${percent}\u202f%`,
    scanning: (n) => `Lendo a pasta, ${counted(n, 'imagem', 'imagens')} até agora`,
    jobs: (n) => counted(n, 'tarefa em curso', 'tarefas em curso'),
    of: (done, total) => `${count(done)} de ${count(total)}`,
  },
  common: {
    cancel: 'Cancelar',
    close: 'Fechar',
    done: 'Pronto',
    undo: 'Desfazer',
    redo: 'Refazer',
    tryAgain: 'Tentar de novo',
    details: 'Detalhes',
    dismiss: 'Dispensar',
    clearFilter: 'Limpar filtro',
    loading: 'Carregando',
    none: 'Nada',
    goThere: 'Ir até lá',
    notifications: 'Notificações',
    resizePanel: (name) => `Redimensionar ${name}`,
  },
  drop: {
    image: (name) =>
      `${name} é uma só imagem. Solte a pasta em que ela está: as imagens abrem juntas.`,
    unknown: (name) =>
      `${name} não pode ser aberto. Solte uma pasta de imagens, um projeto ou um arquivo de rótulos (JSON, XML, ZIP).`,
    folderInBrowser:
      'O navegador não informa onde fica uma pasta solta aqui. Escolha-a em vez disso: Ctrl+O.',
    labelsInBrowser:
      'O navegador não informa onde fica um arquivo solto aqui. Escolha-o em vez disso: menu do projeto, Importar rótulos.',
    labelsFirst: (name) => `Abra primeiro a pasta de imagens e depois solte ${name} de novo.`,
  },
  objects: (n) => counted(n, 'objeto', 'objetos'),
  proposals: (n) => counted(n, 'proposta', 'propostas'),
  classes: (n) => counted(n, 'classe', 'classes'),
  px: (n) => `${count(n)} px`,
  help,
  home,
  label,
  keys,
  edges,
  evidence,
  exchange,
  filter,
  jobs,
  propagate,
  review,
  statistics,
  tune,
  models,
  clean,
  said,
  segment,
  settings,
  errors,
  figures,
  reasons,
};
