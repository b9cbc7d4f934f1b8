// The Spanish help page of words.
import type { Catalogue } from '../../languages/catalogue.ts';

export const words: Catalogue['help']['topics']['words'] = {
  title: 'Palabras usadas aquí',
  lead: 'Cada palabra significa una sola cosa, en la ventana, en la línea de comandos y en los archivos.',
  sections: {
    salience: {
      heading: 'Saliencia',
      body: ['Dónde miró el modelo para una palabra: un mapa sobre la imagen, de 0 a 1.'],
    },
    pass: {
      heading: 'Pasada',
      body: ['Una pregunta al modelo. Cada pasada oculta lo que las anteriores más miraron.'],
    },
    share: {
      heading: 'Parte',
      body: [
        'Porción de un todo, en porcentaje: de la imagen que cubre una máscara, o de la saliencia que aportó una pasada.',
      ],
    },
    match: {
      heading: 'Coincidencia',
      body: [
        'Cuánto se ajusta una clase a la imagen entera, de 0 a 1, según la respuesta del propio modelo.',
      ],
    },
    margin: {
      heading: 'Margen',
      body: [
        'Cuánto aventaja una clase a la siguiente dentro de su máscara. Si es estrecho, la máscara es dudosa donde nadie ha mirado lo estable que es.',
      ],
    },
    steady: {
      heading: 'Inestable',
      body: [
        'Cuánto cambia de una máscara cuando tres ajustes cambian un poco: umbral, colores y alcance de los contornos. Por encima del 15\u202f% una máscara es dudosa, y yerra más a menudo que una de margen estrecho.',
      ],
    },
    threshold: {
      heading: 'Umbral',
      body: ['Saliencia que un píxel necesita para pertenecer a la clase.'],
    },
    head: {
      heading: 'Capa y cabeza',
      body: [
        'Lugares dentro del modelo donde se comparan palabras y parches. Algunas cabezas hallan las cosas mejor que otras.',
      ],
    },
    window: {
      heading: 'Ventana',
      body: [
        'Una parte de una imagen grande que Similitud mira por separado; después las ventanas se unen.',
      ],
    },
    round: {
      heading: 'Ronda',
      body: [
        'Una vuelta de Rondas: máscaras para los nombres que quedan, y la respuesta del juez a cada una.',
      ],
    },
    judge: {
      heading: 'Juez',
      body: ['Un modelo CLIP al que se muestra un hallazgo y dice qué nombre le va.'],
    },
    proposal: {
      heading: 'Propuesta',
      body: [
        'Una máscara del modelo sobre la que nadie ha decidido. Es discontinua, y no se exporta salvo que usted lo pida.',
      ],
    },
    reviewed: {
      heading: 'Revisada',
      body: ['Usted dice que en esta imagen todo está decidido.'],
    },
    run: {
      heading: 'Ejecución',
      body: [
        'Una respuesta del modelo sobre una imagen, con sus mapas. Los umbrales se mueven sobre ella sin el modelo.',
      ],
    },
    job: {
      heading: 'Tarea',
      body: [
        'Trabajo sobre muchas imágenes: un lote, un afinado, una evaluación. Continúa tras un reinicio.',
      ],
    },
    pack: {
      heading: 'Paquete',
      body: [
        'Un modelo preparado para este programa: grafos, palabras y ajustes, con sumas de comprobación.',
      ],
    },
  },
};
