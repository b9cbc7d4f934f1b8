// Spanish help pages about the method: salience, clicks and edges, engines.
import type { Catalogue } from '../../languages/catalogue.ts';

type Topics = Catalogue['help']['topics'];

export const salience: Topics['salience'] = {
  title: 'Qué es la saliencia',
  lead: 'El modelo dice dónde miró antes de decir qué halló.',
  sections: {
    map: {
      heading: 'Un mapa para cada palabra',
      body: [
        'Un modelo de visión y lenguaje ha aprendido a decir si una frase va con una imagen. Si se le pregunta por «una foto de una taza», compara la palabra taza con cada parche de la imagen. GradCAM pondera estas comparaciones según cuánto elevan la respuesta: el resultado es la saliencia de la palabra.',
        'La saliencia no es una máscara. Brilla donde el modelo miró, a menudo solo en la parte más reveladora: la cara de un perro, no su lomo.',
      ],
    },
    dropout: {
      heading: 'Varias pasadas',
      body: [
        'Tras una pasada se ocultan los parches de mayor saliencia y se pregunta otra vez al modelo. Debe mirar el resto de la cosa. La suma de todas las pasadas cubre más que la primera, y Evidencia muestra cada pasada con lo que ocultó.',
      ],
    },
    edges: {
      heading: 'De la saliencia a una máscara',
      body: [
        'La suma se desenfoca un poco, cada clase recibe sus píxeles, y los contornos siguen los colores de la fotografía: un CRF denso por defecto, contornos rápidos donde el tiempo cuenta.',
      ],
    },
    presence: {
      heading: '¿Está siquiera ahí?',
      body: [
        'La coincidencia de una clase es la respuesta del propio modelo a si la frase va con la imagen. Una clase bajo su umbral no recibe máscara en esa imagen, y la lista de clases muestra por cuánto no llegó.',
      ],
    },
  },
};

export const clicks: Topics['clicks'] = {
  title: 'Clics y contornos',
  lead: 'La saliencia sabe qué, un modelo de clics sabe dónde termina.',
  sections: {
    segment: {
      heading: 'De clic a máscara',
      body: [
        'Elija Segmentar y haga clic en una cosa; un clic con el botón derecho dice «esto no». Un rectángulo arrastrado dice hasta dónde llega. Cada clic es un paso que se puede deshacer, e Intro crea el objeto.',
        'Sin modelo de clics, la herramienta se guía por la saliencia de la clase activa, donde la imagen se ejecutó.',
      ],
    },
    refine: {
      heading: 'Contornos nítidos por sí solos',
      body: [
        'Refinar, junto a Ejecutar, pregunta al modelo de clics por cada máscara que halla una ejecución. Donde concuerda con la saliencia, es seguro y estable, se toma su contorno; si no, el contorno se queda, y lista, tira e informe dicen por qué.',
        'Un objeto por cosa separa lo que se toca. Las máscaras aceptadas nunca cambian.',
      ],
    },
    zoom: {
      heading: 'Cosas pequeñas en imágenes grandes',
      body: [
        'Segmentar ve toda la imagen a la vez. Acerque y pida una mirada más cercana: el modelo ve entonces solo lo que usted ve.',
      ],
    },
    hand: {
      heading: 'A mano',
      body: [
        'El pincel pinta y el borrador quita. El polígono toma un punto por clic y una línea al arrastrar, sigue un contorno de la fotografía con Ctrl, y comparte el borde de un vecino con Alt. La varita y el relleno toman lo que tiene el mismo color.',
        'Lo que deja inacabado espera con su imagen, también tras un cierre inesperado.',
      ],
    },
    clean: {
      heading: 'Limpiar muchas máscaras',
      body: [
        'Islas, huecos, contornos ásperos, demasiados puntos: cada control muestra qué cambiaría antes de que pulse. Actúa sobre la selección, una imagen o todas las máscaras de una clase, y un deshacer lo retira todo.',
      ],
    },
  },
};

export const engines: Topics['engines'] = {
  title: 'Comparación de motores',
  lead: 'Maneras de llegar de palabras a máscaras, sin entrenamiento.',
  sections: {
    pnp: {
      heading: 'Salience',
      body: [
        'Pregunta varias veces a un modelo que conoce imágenes y palabras dónde miró para cada clase. Da la evidencia más completa y es lo que más tarda por clase.',
      ],
    },
    naclip: {
      heading: 'Similitud',
      body: [
        'Compara cada parche de la imagen con cada clase, una vez. Es lo más rápido con muchas clases, y sus mapas no tienen pasadas.',
      ],
    },
    car: {
      heading: 'Rondas',
      body: [
        'Muestra cada hallazgo a un juez y descarta los nombres que el juez no ve. Es bueno cuando se escribe una lista larga de nombres y pocos están.',
      ],
    },
    compare: {
      heading: 'Lado a lado',
      body: [
        'Hasta tres motores en la imagen abierta, con sus máscaras, sus segundos y cuánto concuerdan. El que le guste pasa a ser el que se usa.',
      ],
    },
    choose: {
      heading: 'Cuál va mejor con sus imágenes',
      body: [
        'Acepte máscaras en unas veinte imágenes, y deje que Afinar compare los motores con ellas: reserva estas máscaras y lista cada motor con su acuerdo y sus segundos.',
      ],
    },
  },
};
