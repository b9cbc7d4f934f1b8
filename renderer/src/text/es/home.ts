// Spanish sentences of the start screen and of the folder browser.
import type { Catalogue } from '../languages/catalogue.ts';
import { count, counted } from '../plural.ts';

export const home: Catalogue['home'] = {
  title: 'Anotar imágenes y ver por qué',
  subtitle:
    'Escriba nombres de clases. El modelo propone máscaras y muestra qué miró. Usted decide.',
  openTitle: 'Abrir una carpeta de imágenes',
  openHint: 'Sus archivos solo se leen; nunca se cambian, copian ni suben.',
  openHintDrop: 'O suéltela aquí. Sus archivos solo se leen; nunca se cambian, copian ni suben.',
  chooseFolder: 'Elegir carpeta',
  formats: 'JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, hasta 12.000 px por lado',
  importLabels: 'Importar anotaciones',
  openProject: 'Abrir proyecto',
  startHere: 'Empiece aquí',
  sampleTitle: 'Probar el proyecto de ejemplo',
  sampleText:
    'Escenas dibujadas y un modelo pequeño que ya está en este equipo. Primera máscara en unos 20 segundos.',
  openSample: 'Abrir ejemplo',
  sampleClasses: ['umbrella', 'ball', 'crab'],
  whatIsInside: 'Qué contiene',
  insideTitle: 'El proyecto de ejemplo',
  insideText:
    'Escenas dibujadas con animales, comida, edificios y formas. El modelo integrado solo conoce cosas dibujadas, funciona en cualquier procesador y no necesita descargas. El proyecto es una copia propia: pruébelo todo, nada suyo se toca.',
  steps: [
    { title: 'Escriba nombres de clases', text: 'umbrella, ball, crab' },
    { title: 'Mire la saliencia', text: 'por qué el modelo eligió un lugar' },
    { title: 'Acepte o corrija', text: 'Intro, Retroceso, pincel' },
  ],
  illustration:
    'Una escena dibujada con tres máscaras: círculo amarillo 0,96, estrella azul 0,94, coche 0,91',
  recent: 'Proyectos recientes',
  recentCount: (n) => counted(n, 'proyecto', 'proyectos'),
  noRecent: 'Aquí aparecen los proyectos que abra.',
  reviewed: (done, total) => `${count(done)} de ${count(total)} revisadas`,
  missing: 'La unidad no está conectada. Sus anotaciones están a salvo.',
  findFolder: 'Buscar carpeta',
  forget: 'Quitar de esta lista',
  pin: 'Fijar',
  unpin: 'Soltar',
  pinned: 'Fijado',
  rowMenu: (name) => `Menú de ${name}`,
  copyPath: 'Copiar ruta',
  showInFolder: 'Mostrar en la carpeta',
  browseFolder: 'Elegir una carpeta',
  browseProject: 'Elegir un proyecto',
  browseFile: 'Elegir un archivo de anotaciones',
  browseLabels: 'Elegir una carpeta de anotaciones',
  browseModel: 'Elegir la carpeta del modelo',
  chooseThis: 'Elegir esta carpeta',
  emptyFolder: 'Aquí no hay nada que abrir.',
  noFolders: 'Aquí no hay carpetas.',
  goUp: 'Subir una carpeta',
  recentFolders: 'Carpetas recientes',
  pathField: 'Ruta',
  pathHint: 'Escriba o pegue una ruta, luego Intro',
  imagesHere: (n) => counted(n, 'imagen', 'imágenes'),
};
