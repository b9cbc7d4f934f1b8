// German sentences of the frame and of everything shared by screens; each screen has its own file.
import { errors, figures, reasons } from './de/errors.ts';
import { help } from './de/help/help.ts';
import { clean } from './de/label/clean.ts';
import { home } from './de/home.ts';
import { label } from './de/label.ts';
import { keys } from './de/keys.ts';
import { edges } from './de/label/edges.ts';
import { evidence } from './de/evidence.ts';
import { exchange } from './de/exchange.ts';
import { filter } from './de/label/filter.ts';
import { jobs } from './de/jobs.ts';
import { propagate } from './de/label/propagate.ts';
import { review } from './de/review.ts';
import { statistics } from './de/statistics.ts';
import { tune } from './de/tune.ts';
import { models } from './de/models.ts';
import { said } from './de/label/said.ts';
import { segment } from './de/label/segment.ts';
import { settings } from './de/settings.ts';
import type { Catalogue } from './languages/catalogue.ts';
import { count, counted } from './plural.ts';

export const de: Catalogue = {
  app: {
    name: 'Salience',
    version: (version) => `Salience ${version}`,
    connecting: 'Engine wird gestartet',
    lost: 'Die Verbindung zu Salience endete. Gespeichertes ist sicher, und was noch nicht gespeichert ist, bleibt in diesem Fenster.',
    lostInBrowser:
      'Salience ist beendet oder nicht erreichbar. Gespeichertes ist sicher, und was noch nicht gespeichert ist, bleibt in diesem Fenster. Wo Salience noch läuft, neu verbinden; sonst neu starten und den neuen Link in einem anderen Tab öffnen.',
    reconnect: 'Neu verbinden',
    onlyLooks: (why) => `${why} Ansehen geht, Bearbeiten nicht.`,
    editHere: 'Hier bearbeiten',
    asking:
      'Wo dieses Projekt jetzt bearbeitet wird, ergeht die Bitte, zu speichern und es freizugeben.',
    lookOnly: 'Dieses Fenster zeigt nur an: „Hier bearbeiten“ wählen, um etwas zu ändern.',
    displaced: (mine, other) =>
      other === null
        ? `Ein anderes Fenster hat „${mine}“ geschlossen. Ansehen geht, Bearbeiten nicht.`
        : `Ein anderes Fenster hat „${other}“ geöffnet. „${mine}“ lässt sich ansehen, nicht bearbeiten.`,
    displacedHint: 'Dieses Projekt ist nicht mehr offen: neu öffnen, um etwas zu ändern.',
    openAgain: (name) => `${name} neu öffnen`,
    goTo: (name) => `Zu ${name} gehen`,
  },
  screens: {
    home: 'Start',
    label: 'Annotieren',
    evidence: 'Belege',
    review: 'Prüfen',
    jobs: 'Aufträge',
    tune: 'Abstimmen',
    statistics: 'Statistik',
    models: 'Modelle und Geräte',
    settings: 'Einstellungen',
    help: 'Hilfe',
  },
  empty: {
    evidence: 'Das Modell auf diesem Bild ausführen, um zu sehen, warum.',
  },
  topbar: {
    label: 'Projekt und Ansichten',
    projectMenu: 'Projektmenü',
    screens: 'Ansichten',
    search: 'Aktionen, Bilder und Klassen suchen',
    models: 'Modelle und Geräte',
    method: (engine, pack) => {
      const name = engine === 'naclip' ? 'Ähnlichkeit' : engine === 'car' ? 'Runden' : engine;
      return pack === null ? name : `${name}, ${pack}`;
    },
    settings: 'Einstellungen',
    saved: 'Gespeichert',
    saving: 'Speichert',
    notSaved: 'Nicht gespeichert',
    savedAt: (time) => `Gespeichert ${time}`,
    trouble: {
      kept: 'Die Änderung bleibt im Arbeitsspeicher, solange dieses Fenster offen ist.',
      saveCopy: 'Kopie speichern',
      giveUp: 'Diese Änderung aufgeben',
      givenUp: 'Die Änderung wurde aufgegeben. Gezeigt wird, was gespeichert ist.',
      stuck:
        'Das Projekt nimmt diese Änderung nicht an, und nichts darin ist weitergegangen. Noch einmal versuchen, eine Kopie speichern oder die Änderung aufgeben.',
      fileName: (image) => `${image.replace(/^.*\//, '').replace(/\.[^.]+$/, '')}.coco.json`,
    },
    closeProject: 'Projekt schließen',
    openFolder: 'Bilderordner öffnen',
    exportData: 'Exportieren',
    fallback: 'Das gewählte Gerät tut nicht, was verlangt war.',
    builtIn: 'Eingebautes Modell',
  },
  status: {
    label: 'Status',
    keysHint: '? zeigt die Tasten',
    masks: (percent) => `Masken ${percent}\u202f%`,
    scanning: (n) => `Ordner wird gelesen, bisher ${counted(n, 'Bild', 'Bilder')}`,
    jobs: (n) => counted(n, 'Auftrag läuft', 'Aufträge laufen'),
    of: (done, total) => `${count(done)} von ${count(total)}`,
  },
  common: {
    cancel: 'Abbrechen',
    close: 'Schließen',
    done: 'Fertig',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    tryAgain: 'Noch einmal',
    details: 'Einzelheiten',
    dismiss: 'Schließen',
    clearFilter: 'Filter aufheben',
    loading: 'Lädt',
    none: 'Keine',
    goThere: 'Dorthin',
    notifications: 'Meldungen',
    resizePanel: (name) => `Größe von ${name} ändern`,
  },
  /** Files that were dropped on the window. */
  drop: {
    image: (name) =>
      `${name} ist ein einzelnes Bild. Den Ordner hierher ziehen, in dem es liegt: Seine Bilder werden gemeinsam geöffnet.`,
    unknown: (name) =>
      `${name} lässt sich nicht öffnen. Einen Bilderordner, ein Projekt oder eine Datei mit Annotationen (JSON, XML, ZIP) hierher ziehen.`,
    folderInBrowser:
      'Ein Browser verrät nicht, wo ein hergezogener Ordner liegt. Stattdessen wählen: Ctrl+O.',
    labelsInBrowser:
      'Ein Browser verrät nicht, wo eine hergezogene Datei liegt. Stattdessen wählen: Projektmenü, Annotationen importieren.',
    labelsFirst: (name) => `Zuerst den Bilderordner öffnen, dann ${name} noch einmal herziehen.`,
  },
  objects: (n) => counted(n, 'Objekt', 'Objekte'),
  proposals: (n) => counted(n, 'Vorschlag', 'Vorschläge'),
  classes: (n) => counted(n, 'Klasse', 'Klassen'),
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
