// German sentences of the start screen and of the folder browser.
import type { Catalogue } from '../languages/catalogue.ts';
import { count, counted } from '../plural.ts';

export const home: Catalogue['home'] = {
  title: 'Bilder annotieren und sehen, warum',
  subtitle:
    'Klassennamen eingeben. Das Modell schlägt Masken vor und zeigt, worauf es sah. Entschieden wird hier.',
  openTitle: 'Einen Bilderordner öffnen',
  openHint: 'Die Dateien werden nur gelesen, nie geändert, kopiert oder hochgeladen.',
  openHintDrop:
    'Oder hierher ziehen. Die Dateien werden nur gelesen, nie geändert, kopiert oder hochgeladen.',
  chooseFolder: 'Ordner wählen',
  formats: 'JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, bis 12.000 px je Seite',
  importLabels: 'Annotationen importieren',
  openProject: 'Projekt öffnen',
  startHere: 'Hier beginnen',
  sampleTitle: 'Das Beispielprojekt ausprobieren',
  sampleText:
    'Gezeichnete Szenen und ein kleines Modell, das schon auf diesem Computer ist. Die erste Maske in etwa 20 Sekunden.',
  openSample: 'Beispiel öffnen',
  /** Typed in for the first scene, so that one key shows a mask. */
  sampleClasses: ['umbrella', 'ball', 'crab'],
  whatIsInside: 'Was darin ist',
  insideTitle: 'Das Beispielprojekt',
  insideText:
    'Gezeichnete Szenen mit Tieren, Essen, Gebäuden und Formen. Das eingebaute Modell kennt nur Gezeichnetes, läuft auf jedem Prozessor und verlangt keinen Download. Das Projekt ist eine eigene Kopie: Alles darf ausprobiert werden, nichts Eigenes wird angerührt.',
  steps: [
    { title: 'Klassennamen eingeben', text: 'umbrella, ball, crab' },
    { title: 'Die Salienz ansehen', text: 'warum das Modell einen Ort wählte' },
    { title: 'Annehmen oder korrigieren', text: 'Enter, Rücktaste, Pinsel' },
  ],
  illustration:
    'Eine gezeichnete Szene mit drei Masken: gelber Kreis 0,96, blauer Stern 0,94, Auto 0,91',
  recent: 'Zuletzt geöffnet',
  recentCount: (n) => counted(n, 'Projekt', 'Projekte'),
  noRecent: 'Geöffnete Projekte stehen hier.',
  reviewed: (done, total) => `${count(done)} von ${count(total)} geprüft`,
  missing: 'Das Laufwerk ist nicht verbunden. Die Annotationen sind sicher.',
  findFolder: 'Ordner suchen',
  forget: 'Aus dieser Liste entfernen',
  pin: 'Anheften',
  unpin: 'Lösen',
  pinned: 'Angeheftet',
  rowMenu: (name) => `Menü von ${name}`,
  copyPath: 'Pfad kopieren',
  showInFolder: 'Im Ordner zeigen',
  browseFolder: 'Einen Ordner wählen',
  browseProject: 'Ein Projekt wählen',
  browseFile: 'Eine Datei mit Annotationen wählen',
  browseLabels: 'Einen Ordner mit Annotationen wählen',
  browseModel: 'Den Ordner des Modells wählen',
  chooseThis: 'Diesen Ordner wählen',
  emptyFolder: 'Hier ist nichts zu öffnen.',
  noFolders: 'Keine Ordner hierin.',
  goUp: 'Einen Ordner höher',
  recentFolders: 'Zuletzt benutzt',
  pathField: 'Pfad',
  pathHint: 'Einen Pfad eingeben oder einfügen, dann Enter',
  imagesHere: (n) => counted(n, 'Bild', 'Bilder'),
};
