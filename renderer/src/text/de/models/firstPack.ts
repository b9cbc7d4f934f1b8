// German sentences about the first model for photographs, the choice of a model, and CUDA.
import type { Catalogue } from '../../languages/catalogue.ts';
import { counted } from '../../plural.ts';

export const first: Catalogue['models']['first'] = {
  title: 'In einem Schritt bereit für Fotos',
  fits: (size, gpu) =>
    gpu
      ? `passt zu diesem Computer: Seine GPU hat den Test bestanden. ${size} einmalig, danach kein Netz.`
      : `passt zu diesem Computer: gut ohne GPU. ${size} einmalig, danach kein Netz.`,
  drawnOnly: 'Das eingebaute Modell kennt nur Gezeichnetes.',
  knows: (size) => `kennt Fotos: ${size} einmalig, danach kein Netz.`,
  get: (size) => `Holen, ${size}`,
  others: 'Andere Modelle',
  arriving: (name) => `${name} ist unterwegs. Es wird gewählt, sobald es bereit ist.`,
  meanwhile: 'Inzwischen Klassennamen eingeben und zeichnen.',
  waitingRun: 'Der Lauf auf dem offenen Bild beginnt dann.',
  useDrawnMeanwhile: 'Inzwischen das Zeichnungsmodell verwenden',
  pause: 'Anhalten',
  cancel: 'Abbrechen',
  goOn: 'Weiter',
  paused: (name, percent) => `${name} ist bei ${percent} angehalten. Nichts ist verloren.`,
  stopped: (name) => `${name} ist nicht angekommen.`,
  runWhenReady: 'Ausführen, sobald bereit',
  runsThen: (name) => `Läuft, sobald ${name} bereit ist. Noch einmal I nimmt es zurück.`,
  pressToWait: (name) =>
    `I drücken, um auszuführen, sobald ${name} bereit ist, oder mit B zeichnen.`,
  waits: (name) => `Läuft, sobald ${name} bereit ist.`,
  waitsNoMore: 'Der Lauf wartet nicht mehr.',
  chosen: (name) => `${name} ist bereit und in Gebrauch.`,
  useDrawn: 'Das Zeichnungsmodell verwenden',
  getting: (name, how) => `${name} wird geholt, ${how}`,
  noAnswer: (name) => `${name}: Der Download stockt`,
};

export const choice: Catalogue['models']['choice'] = {
  title: 'Wie Masken gefunden werden',
  model: 'Modell',
  needs: 'Braucht',
  oneImage: 'Ein Durchgang, hier',
  here: 'Auf diesem Computer',
  measured: 'hier gemessen',
  notMeasured: 'noch nicht gemessen',
  memory: (size) => `${size} Speicher`,
  toFetch: (size, licence) => `${size}, ${licence}`,
  stays: 'Vorschläge bleiben, bis neu ausgeführt wird. Angenommene Masken ändern sich nie.',
  all: 'Modelle und Geräte',
  use: 'Dieses Modell verwenden',
  getAndUse: (size) => `${size} holen und verwenden`,
  explain: 'Wie Masken gefunden werden',
};

export const cuda: Catalogue['models']['cuda'] = {
  title: 'CUDA für NVIDIA-Karten',
  text: 'Mit einer NVIDIA-Karte ist CUDA am schnellsten. Seine Bibliotheken sind nicht im Paket.',
  look: 'Was es braucht',
  offer: (name, size, host) => `${name}, ${size}, von ${host}.`,
  nvidia:
    'CUDA und cuDNN von NVIDIA gehören nicht dazu; welche Versionen es braucht, wird daraus gelesen.',
  get: (size) => `Holen, ${size}`,
  getting: 'CUDA-Bibliotheken werden geholt',
  stop: 'Stopp',
  needs: (products, names) => `Geholt. Es braucht ${products} von NVIDIA: ${names.join(', ')}.`,
  needsOnly: (names) => `Geholt. Es braucht von NVIDIA: ${names.join(', ')}.`,
  unreachable: (found) =>
    `Die Paketquelle ist nicht erreichbar: ${found}. Hinter einem Proxy HTTPS_PROXY setzen. Nichts wurde geändert.`,
  fetched: 'Geholt. Was es von NVIDIA braucht, ließ sich nicht daraus lesen: Der Test zeigt es.',
  missing: (names) =>
    `Hier nicht gefunden: ${counted(names.length, 'Bibliothek', 'Bibliotheken')}, ${names.join(', ')}. Installieren oder ihren Ordner in LD_LIBRARY_PATH nennen und Salience neu starten.`,
  complete: 'Alles ist da. Jetzt CUDA testen.',
};
