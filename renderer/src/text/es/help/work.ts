// Spanish help pages about the work: the tour, classes, batch and review, files.
import type { Catalogue } from '../../languages/catalogue.ts';

type Topics = Catalogue['help']['topics'];

export const tour: Topics['tour'] = {
  title: 'Visita de cinco minutos',
  lead: 'Con el ejemplo, en este equipo. Cada paso tiene un botón que lleva allí.',
  sections: {
    type: {
      heading: 'Escribir qué hay en las imágenes',
      body: [
        'Los nombres de clases son la indicación. Otras palabras para una clase van en sus detalles: taza, tazón. Un ~ ante un nombre marca materia, como ~cielo.',
      ],
    },
    propose: {
      heading: 'Dejar que el modelo proponga máscaras',
      body: [
        'Discontinuo es propuesto, continuo es suyo. Nada de lo que hace el modelo cambia lo que usted aceptó.',
      ],
    },
    why: {
      heading: 'Ver por qué',
      body: [
        'La saliencia es dónde buscó el modelo una palabra, pasada a pasada. Cada pasada oculta los parches más fuertes, así la siguiente debe mirar en otra parte.',
      ],
    },
    decide: {
      heading: 'Aceptar, rechazar o corregir',
      body: [
        'Una tecla acepta, otra rechaza. Haga clic con Segmentar, pinte con el pincel, o siga el contorno con el polígono.',
      ],
    },
    rest: {
      heading: 'Dejarle hacer el resto',
      body: [
        'Preanote todas las imágenes, mire primero las máscaras dudosas, exporte con una comprobación que relee el archivo.',
      ],
    },
  },
};

export const classes: Topics['classes'] = {
  title: 'Clases y palabras',
  lead: 'El nombre es para el archivo, las palabras son para el modelo.',
  sections: {
    words: {
      heading: 'Otras palabras',
      body: [
        'Una clase puede tener una indicación propia y sinónimos. El archivo conserva el nombre. Añada un sinónimo donde el modelo falla: diván junto a sofá.',
      ],
    },
    fields: {
      heading: 'Campos, marcas y notas',
      body: [
        'Una clase puede pedir algo de cada objeto: una casilla, una opción, un número, un texto. Los campos están en su editor; una tecla los abre en la selección, y los dígitos los definen.',
        'Las marcas dicen que un objeto está ocluido, es difícil, es un grupo o está cortado. Las notas van en un objeto o una imagen, las etiquetas en imágenes. Todo ello va a archivos COCO, CVAT y labelme, y el filtro lo encuentra: field:material=wood, is:occluded, tag:night.',
      ],
    },
    keys: {
      heading: 'Teclas para muchas clases',
      body: [
        'Las teclas 1–9 eligen clases. Con más de nueve, una tecla las da a las nueve siguientes y otra a las nueve anteriores; la lista de clases muestra de quién son.',
      ],
    },
    merge: {
      heading: 'Dos nombres para una cosa',
      body: [
        'Un clic derecho en una clase la combina con otra: sus objetos de todas las imágenes pasan a ella, y un solo deshacer lo revierte.',
      ],
    },
    threshold: {
      heading: 'Umbrales',
      body: [
        'Una clase tiene un umbral: más alto da máscaras más ceñidas, más bajo más llenas. Moverlo no necesita otra ejecución, pues la saliencia está guardada.',
      ],
    },
    stuff: {
      heading: 'Cosas y materia',
      body: [
        'Las cosas se cuentan, la materia no: cielo, hierba, carretera. La materia toma los píxeles que ninguna cosa tiene, y nunca se divide en objetos.',
      ],
    },
  },
};

export const batch: Topics['batch'] = {
  title: 'Lote y revisión',
  lead: 'El modelo trabaja toda la noche, usted mira lo dudoso.',
  sections: {
    batch: {
      heading: 'Preanotar todas las imágenes',
      body: [
        'Un lote se ejecuta en segundo plano y tras un reinicio sigue donde se detuvo. Las imágenes con máscaras aceptadas las conservan.',
      ],
    },
    review: {
      heading: 'Revisar por clase',
      body: [
        'Revisar muestra lado a lado las propuestas de una clase, las dudosas primero. Las teclas aceptan y rechazan; un deshacer retira la última decisión.',
      ],
    },
    learn: {
      heading: 'Aprender de correcciones',
      body: [
        'A partir de ocho imágenes terminadas, Salience mira en segundo plano si otros umbrales o bordes habrían encajado mejor con sus máscaras. Usa los mapas guardados, juzga cada imagen con ajustes elegidos sin ella y pregunta antes de cambiar nada. Un deshacer lo retira.',
        'Lo que dibuja más ancho o más estrecho que lo propuesto es una oferta aparte. Revisar empieza entonces por lo que más cambió; Afinar tiene las cifras y, a partir de diez imágenes, mide cada capa del modelo.',
      ],
    },
    filter: {
      heading: 'Encontrar imágenes',
      body: [
        'El filtro de la lista conoce class, status, match, margin, area, count y más: class:taza margin:<0.1 muestra tazas dudosas. Los filtros guardados tienen teclas.',
      ],
    },
  },
};

export const files: Topics['files'] = {
  title: 'Archivos que entran y salen',
  lead: 'Sus imágenes nunca cambian. El proyecto es un archivo junto a ellas, o donde usted lo ponga.',
  sections: {
    project: {
      heading: 'El archivo del proyecto',
      body: [
        'Cada decisión se guarda al instante. Puede haber dos ventanas abiertas en un proyecto; a otro programa que lo tenga se le pide soltarlo cuando usted elige editar aquí.',
      ],
    },
    import: {
      heading: 'Anotaciones de otros programas',
      body: [
        'COCO, labelme, X-AnyLabeling, CVAT, VIA, Label Studio, Supervisely, YOLO, Pascal VOC e imágenes de máscaras se reconocen por su contenido. Lo que no se puede leer se nombra con su motivo.',
      ],
    },
    export: {
      heading: 'Exportar',
      body: [
        'COCO con máscaras como RLE o polígonos, y los demás formatos que lista el diálogo. El archivo se escribe aparte y se relee antes de tomar su nombre.',
        'Antes de eso, el diálogo cuenta lo que merece una mirada: máscaras diminutas, solapes, la misma máscara dos veces, lo que nadie ha decidido.',
      ],
    },
  },
};
