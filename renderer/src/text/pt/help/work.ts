// Portuguese help pages about the work: the tour, classes, batch and review, files.
import type { Catalogue } from '../../languages/catalogue.ts';

type Topics = Catalogue['help']['topics'];

export const tour: Topics['tour'] = {
  title: 'Tour de cinco minutos',
  lead: 'Com o exemplo, neste computador. Cada passo tem um botão que leva até lá.',
  sections: {
    type: {
      heading: 'Digite o que há nas imagens',
      body: [
        'Os nomes das classes são o prompt. Outras palavras para uma classe vão nos detalhes dela: cup, mug. Um ~ antes de um nome marca matéria, como ~sky.',
      ],
    },
    propose: {
      heading: 'Deixe o modelo propor máscaras',
      body: [
        'Tracejado é proposto, contínuo é seu. Nada do que o modelo faz muda o que você aceitou.',
      ],
    },
    why: {
      heading: 'Veja por quê',
      body: [
        'Saliência é onde o modelo olhou por uma palavra, passada por passada. Cada passada oculta os blocos mais fortes, e a próxima precisa olhar em outro lugar.',
      ],
    },
    decide: {
      heading: 'Aceite, rejeite ou corrija',
      body: [
        'Uma tecla aceita, outra rejeita. Clique com Segmentar, pinte com o pincel ou siga o contorno com o polígono.',
      ],
    },
    rest: {
      heading: 'Deixe-o fazer o resto',
      body: [
        'Pré-rotule todas as imagens, olhe primeiro as máscaras duvidosas, exporte com uma verificação que relê o arquivo.',
      ],
    },
  },
};

export const classes: Topics['classes'] = {
  title: 'Classes e palavras',
  lead: 'O nome é para o arquivo, as palavras são para o modelo.',
  sections: {
    words: {
      heading: 'Outras palavras',
      body: [
        'Uma classe pode ter um prompt próprio e sinônimos. O arquivo mantém o nome. Some um sinônimo onde o modelo erra: sofa ao lado de couch.',
      ],
    },
    fields: {
      heading: 'Campos, marcas e notas',
      body: [
        'Uma classe pode pedir algo a cada objeto: uma marcação, uma opção, um número, um texto. Os campos estão no editor dela; uma tecla os abre na seleção, e dígitos os definem.',
        'Marcas dizem que um objeto está ocluído, é difícil, é um grupo ou está cortado. Notas ficam em um objeto ou uma imagem, etiquetas em imagens. Tudo isso vai para arquivos COCO, CVAT e labelme, e o filtro acha: field:material=wood, is:occluded, tag:night.',
      ],
    },
    keys: {
      heading: 'Teclas para muitas classes',
      body: [
        'As teclas 1–9 escolhem classes. Com mais de nove, uma tecla as dá às próximas nove e outra às nove anteriores; a lista de classes mostra de quem são.',
      ],
    },
    merge: {
      heading: 'Dois nomes para uma coisa',
      body: [
        'Um clique direito numa classe a mescla com outra: seus objetos em todas as imagens passam para ela, e um só desfazer volta atrás.',
      ],
    },
    threshold: {
      heading: 'Limiares',
      body: [
        'Uma classe tem um limiar: mais alto dá máscaras mais justas, mais baixo, mais cheias. Movê-lo não pede nova execução, pois a saliência está guardada.',
      ],
    },
    stuff: {
      heading: 'Coisas e matéria',
      body: [
        'Coisas podem ser contadas, matéria não: céu, grama, estrada. A matéria toma os pixels que nenhuma coisa tem, e nunca é dividida em objetos.',
      ],
    },
  },
};

export const batch: Topics['batch'] = {
  title: 'Lote e revisão',
  lead: 'O modelo trabalha noite adentro, você olha o que é duvidoso.',
  sections: {
    batch: {
      heading: 'Pré-rotular todas as imagens',
      body: [
        'Um lote roda em segundo plano e, após reiniciar, continua de onde parou. Imagens com máscaras aceitas as mantêm.',
      ],
    },
    review: {
      heading: 'Revisar por classe',
      body: [
        'Revisar mostra as propostas de uma classe lado a lado, as duvidosas primeiro. Teclas aceitam e rejeitam; um desfazer reverte a última decisão.',
      ],
    },
    learn: {
      heading: 'Aprender com correções',
      body: [
        'A partir de oito imagens concluídas, o Salience verifica em segundo plano se outros limiares ou bordas teriam servido melhor às suas máscaras. Usa os mapas guardados, julga cada imagem com ajustes escolhidos sem ela e pergunta antes de mudar algo. Um desfazer reverte tudo.',
        'O que você desenha mais largo ou mais estreito que o proposto vira uma oferta própria. Revisar começa então pelo que mais mudou; Calibrar tem os números e, a partir de dez imagens, mede cada camada do modelo.',
      ],
    },
    filter: {
      heading: 'Achar imagens',
      body: [
        'O filtro da lista de imagens conhece classe, status, correspondência, margem, área, contagem e mais: class:cup margin:<0.1 mostra xícaras em dúvida. Filtros salvos têm teclas.',
      ],
    },
  },
};

export const files: Topics['files'] = {
  title: 'Arquivos, entrada e saída',
  lead: 'Suas imagens nunca são alteradas. O projeto é um arquivo ao lado delas, ou onde você o puser.',
  sections: {
    project: {
      heading: 'O arquivo do projeto',
      body: [
        'Cada decisão é salva na hora. Duas janelas podem estar abertas em um projeto; a outro programa que o tenha pede-se que o libere quando você escolhe editar aqui.',
      ],
    },
    import: {
      heading: 'Rótulos de outros lugares',
      body: [
        'COCO, labelme, X-AnyLabeling, CVAT, VIA, Label Studio, Supervisely, YOLO, Pascal VOC e imagens de máscara são reconhecidos pelo que contêm. O que não pode ser lido é citado com o motivo.',
      ],
    },
    export: {
      heading: 'Exportar',
      body: [
        'COCO com máscaras como RLE ou polígonos, e os outros formatos que o diálogo lista. O arquivo é gravado à parte e relido antes de receber seu nome.',
        'Antes disso, o diálogo conta o que merece um olhar: máscaras minúsculas, sobreposições, a mesma máscara duas vezes, o que ninguém decidiu.',
      ],
    },
  },
};
