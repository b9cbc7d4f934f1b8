// Portuguese help page of words: each means one thing, in the window, on the command line and in the files.
import type { Catalogue } from '../../languages/catalogue.ts';

export const words: Catalogue['help']['topics']['words'] = {
  title: 'Palavras usadas aqui',
  lead: 'Cada palavra quer dizer uma coisa só, na janela, na linha de comando e nos arquivos.',
  sections: {
    salience: {
      heading: 'Saliência',
      body: ['Onde o modelo olhou por uma palavra: um mapa sobre a imagem, 0 a 1.'],
    },
    pass: {
      heading: 'Passada',
      body: ['Uma pergunta ao modelo. Cada passada oculta o que as anteriores mais olharam.'],
    },
    share: {
      heading: 'Parcela',
      body: [
        'Parte de um todo, em porcentagem: da imagem que uma máscara cobre, ou da saliência que uma passada trouxe.',
      ],
    },
    match: {
      heading: 'Correspondência',
      body: [
        'Quão bem uma classe combina com a imagem como um todo, 0 a 1, segundo o próprio modelo.',
      ],
    },
    margin: {
      heading: 'Margem',
      body: [
        'Por quanto uma classe supera a próxima dentro da sua máscara. Uma margem estreita torna a máscara duvidosa onde ninguém olhou quão estável ela é.',
      ],
    },
    steady: {
      heading: 'Instável',
      body: [
        'Quanto de uma máscara muda quando três ajustes mudam um pouco: limiar, cores e alcance dos contornos. Acima de 15\u202f% uma máscara é duvidosa, e erra mais do que uma de margem estreita.',
      ],
    },
    threshold: {
      heading: 'Limiar',
      body: ['Saliência de que um pixel precisa para pertencer à classe.'],
    },
    head: {
      heading: 'Camada e cabeça',
      body: [
        'Lugares dentro do modelo onde palavras e blocos são comparados. Algumas cabeças acham coisas melhor que outras.',
      ],
    },
    window: {
      heading: 'Janela',
      body: [
        'Parte de uma imagem grande que a Similaridade olha à parte; depois as janelas são unidas.',
      ],
    },
    round: {
      heading: 'Rodada',
      body: [
        'Uma volta de Rodadas: máscaras para os nomes que restam, e a resposta do juiz a cada uma.',
      ],
    },
    judge: {
      heading: 'Juiz',
      body: ['Um modelo CLIP ao qual se mostra um achado e que diz que nome combina com ele.'],
    },
    proposal: {
      heading: 'Proposta',
      body: [
        'Uma máscara do modelo sobre a qual ninguém decidiu. É tracejada, e só é exportada se você pedir.',
      ],
    },
    reviewed: {
      heading: 'Revisada',
      body: ['Você diz que tudo nesta imagem está decidido.'],
    },
    run: {
      heading: 'Execução',
      body: [
        'Uma resposta do modelo sobre uma imagem, com seus mapas. Os limiares se movem nela sem o modelo.',
      ],
    },
    job: {
      heading: 'Tarefa',
      body: [
        'Trabalho em muitas imagens: um lote, uma calibração, um benchmark. Continua após reiniciar.',
      ],
    },
    pack: {
      heading: 'Pacote',
      body: [
        'Um modelo preparado para este programa: grafos, palavras e ajustes, com somas de verificação.',
      ],
    },
  },
};
