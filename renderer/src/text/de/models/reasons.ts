// German: why a device runs, or does not.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const reasons: Catalogue['models']['reasons'] = {
  set: (device) => `${device} ist von Hand eingestellt.`,
  setFailed: (device) => `${device} ist von Hand eingestellt. Der Selbsttest ist gescheitert.`,
  setNotHere: (device) =>
    `${device} ist eingestellt, aber auf diesem System nicht möglich; daher rechnet die CPU.`,
  untested: () => 'Noch wurde kein Gerät getestet.',
  noneFaster: () => 'Gewählt wurde die CPU: Nichts, was bestanden hat, ist deutlich schneller.',
  nonePassed: () => 'Gewählt wurde die CPU: Kein anderes Gerät hat den Selbsttest bestanden.',
  fastest: (device, passed) =>
    `Gewählt wurde ${device}: am schnellsten von ${count(passed)}, die bestanden haben.`,
  needsNvidia: () => 'Braucht Linux auf x64 und eine NVIDIA-Karte.',
  needsWindows: () => 'Braucht Windows.',
  needsApple: () => 'Braucht einen Mac mit Apple-Chip.',
  notOnArm: () => 'Für Linux auf ARM gibt es hier keines.',
  differs: (n) => `Die Karten weichen um ${count(n)}\u202f% von denen der CPU ab.`,
  noNumbers: () => 'Die Karten enthalten Werte, die keine Zahlen sind.',
  crashed: (device) =>
    `Mit ${device} stürzte der Modellprozess ab. Den Grafiktreiber aktualisieren.`,
  onlyCpu: (device) => `Für die CPU: ${device} kann es nicht nutzen.`,
  onlyCards: () => 'Für Grafikkarten: Die CPU wird damit nicht schneller.',
  noCard: (device) => `${device} findet keine brauchbare Grafikkarte. Den Grafiktreiber prüfen.`,
  outOfMemory: (device) =>
    `Für ${device} reichte der Speicher nicht. Andere Programme schließen oder ein kleineres Modell wählen.`,
  library: (kind, library) =>
    `CUDA braucht die ${kind}-Bibliothek ${library}, die auf diesem Computer fehlt. „salience devices cuda“ nennt alles, was von NVIDIA nötig ist.`,
  notInstalled: () =>
    'Die CUDA-Bibliotheken der Laufzeit sind nicht installiert. „salience devices cuda“ sagt, was geholt würde.',
  otherLibrary: () =>
    'Eine Bibliothek von CUDA oder cuDNN fehlt oder hat eine andere Version. „salience devices cuda“ sagt, welche nötig sind.',
  noNvidia: () => 'CUDA findet keine NVIDIA-Karte, oder ihr Treiber ist zu alt.',
  lost: (device) => `${device} verlor die Verbindung zur Grafikkarte.`,
  notInBuild: (device) => `${device} ist auf diesem System nicht enthalten.`,
  noHalf: (device) => `${device} kann auf dieser Grafikkarte nicht in halber Präzision rechnen.`,
  cannotRun: (device) => `${device} kann einen Schritt dieses Modells nicht ausführen.`,
  failed: (device) =>
    `${device} konnte das Modell nicht ausführen. Einzelheiten stehen im Protokoll.`,
};
