// Portuguese help pages about the method: salience, clicks and edges, engines.
import type { Catalogue } from '../../languages/catalogue.ts';

type Topics = Catalogue['help']['topics'];

export const salience: Topics['salience'] = {
  title: 'O que é saliência',
  lead: 'O modelo diz onde olhou antes de dizer o que achou.',
  sections: {
    map: {
      heading: 'Um mapa para cada palavra',
      body: [
        'Um modelo de visão e linguagem aprendeu a dizer se uma frase combina com uma imagem. Perguntado por “a photo of a cup”, ele compara a palavra cup com cada bloco da imagem. O GradCAM pesa essas comparações pelo quanto elevam a resposta: o resultado é a saliência da palavra.',
        'Saliência não é máscara. Ela é forte onde o modelo olhou, muitas vezes só na parte mais reveladora: a cara de um cachorro, não as costas.',
      ],
    },
    dropout: {
      heading: 'Várias passadas',
      body: [
        'Depois de uma passada, os blocos com a saliência mais forte são ocultados e o modelo é perguntado de novo. Ele precisa olhar o resto da coisa. A soma de todas as passadas cobre mais que a primeira, e Evidências mostra cada passada com o que ela ocultou.',
      ],
    },
    edges: {
      heading: 'Da saliência à máscara',
      body: [
        'A soma é um pouco desfocada, cada classe recebe seus pixels, e os contornos seguem as cores da foto: um CRF denso por padrão, contornos rápidos onde o tempo conta.',
      ],
    },
    presence: {
      heading: 'Está mesmo ali?',
      body: [
        'A correspondência de uma classe é a resposta do próprio modelo sobre se a frase combina. Uma classe abaixo do seu limiar não recebe máscara naquela imagem, e a lista de classes mostra por quanto faltou.',
      ],
    },
  },
};

export const clicks: Topics['clicks'] = {
  title: 'Cliques e contornos',
  lead: 'A saliência sabe o quê, um modelo de cliques sabe onde termina.',
  sections: {
    segment: {
      heading: 'Do clique à máscara',
      body: [
        'Escolha Segmentar e clique em uma coisa; um clique com o botão direito diz “isto não”. Um retângulo arrastado diz até onde ela vai. Cada clique é um passo que pode ser desfeito, e Enter faz o objeto.',
        'Sem um modelo de cliques, a ferramenta segue a saliência da classe ativa, onde a imagem foi executada.',
      ],
    },
    refine: {
      heading: 'Contornos nítidos sozinhos',
      body: [
        'Refinar, ao lado de Executar, pergunta ao modelo de cliques sobre cada máscara que uma execução acha. Onde ele concorda com a saliência, tem certeza e é estável, vale o contorno dele; senão o contorno fica, e lista, faixa e relatório dizem por quê.',
        'Um objeto por coisa separa o que se toca. Máscaras aceitas nunca mudam.',
      ],
    },
    zoom: {
      heading: 'Coisas pequenas em imagens grandes',
      body: [
        'Segmentar vê a imagem inteira de uma vez. Amplie e peça um olhar mais de perto: o modelo então vê só o que você vê.',
      ],
    },
    hand: {
      heading: 'À mão',
      body: [
        'O pincel pinta e a borracha tira. O polígono põe um ponto a cada clique e uma linha ao arrastar, segue um contorno da foto com Ctrl e compartilha a borda de um vizinho com Alt. A varinha e o preenchimento tomam o que tem a mesma cor.',
        'O que você deixa inacabado espera com a imagem, também depois de uma queda.',
      ],
    },
    clean: {
      heading: 'Limpar muitas máscaras',
      body: [
        'Ilhas, furos, contornos ásperos, pontos demais: cada controle mostra o que mudaria antes de você confirmar. Vale para a seleção, para uma imagem ou para todas as máscaras de uma classe, e um só desfazer reverte tudo.',
      ],
    },
  },
};

export const engines: Topics['engines'] = {
  title: 'Motores comparados',
  lead: 'Caminhos das palavras às máscaras, sem treino.',
  sections: {
    pnp: {
      heading: 'Salience',
      body: [
        'Pergunta a um modelo que conhece imagens e palavras onde olhou por cada classe, várias vezes. Dá as evidências mais completas e leva mais tempo por classe.',
      ],
    },
    naclip: {
      heading: 'Similaridade',
      body: [
        'Compara cada bloco da imagem com cada classe, uma vez. É o mais rápido com muitas classes, e seus mapas não têm passadas.',
      ],
    },
    car: {
      heading: 'Rodadas',
      body: [
        'Mostra cada achado a um juiz e larga os nomes que o juiz não vê. É bom onde uma lista longa de nomes é digitada e poucos estão lá.',
      ],
    },
    compare: {
      heading: 'Lado a lado',
      body: [
        'Até três motores na imagem aberta, com suas máscaras, seus segundos e quanto concordam. O que você preferir passa a ser o em uso.',
      ],
    },
    choose: {
      heading: 'Qual serve às suas imagens',
      body: [
        'Aceite máscaras em umas vinte imagens e deixe Calibrar comparar os motores nelas: ele esconde essas máscaras e lista cada motor com seu acordo e seus segundos.',
      ],
    },
  },
};
