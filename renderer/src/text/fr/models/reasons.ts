// French: why a device runs, or does not.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count } from '../../plural.ts';

export const reasons: Catalogue['models']['reasons'] = {
  set: (device) => `${device} est choisi à la main.`,
  setFailed: (device) => `${device} est choisi à la main. Son autotest a échoué.`,
  setNotHere: (device) =>
    `${device} est choisi mais absent de ce système ; le processeur (CPU) calcule donc.`,
  untested: () => 'Aucun appareil n’a encore été testé.',
  noneFaster: () => 'CPU choisi : rien de ce qui a réussi n’est nettement plus rapide.',
  nonePassed: () => 'CPU choisi : aucun autre appareil n’a réussi son autotest.',
  fastest: (device, passed) =>
    `${device} choisi : le plus rapide des ${count(passed)} qui ont réussi.`,
  needsNvidia: () => 'Demande Linux sur x64 et une carte NVIDIA.',
  needsWindows: () => 'Demande Windows.',
  needsApple: () => 'Demande un Mac avec une puce Apple.',
  notOnArm: () => 'Absent de cette version pour Linux sur ARM.',
  differs: (n) => `Ses cartes diffèrent de ${count(n)}\u202f% de celles du CPU.`,
  noNumbers: () => 'Ses cartes contiennent des valeurs qui ne sont pas des nombres.',
  crashed: (device) =>
    `${device} a fait planter le processus du modèle. Mettez à jour le pilote graphique.`,
  onlyCpu: (device) => `Pour le CPU : ${device} ne peut pas s’en servir.`,
  onlyCards: () => 'Pour les cartes graphiques : le CPU n’en est pas plus rapide.',
  noCard: (device) =>
    `${device} ne trouve pas de carte graphique utilisable. Vérifiez le pilote graphique.`,
  outOfMemory: (device) =>
    `${device} a manqué de mémoire. Fermez d’autres programmes ou choisissez un modèle plus petit.`,
  library: (kind, library) =>
    `CUDA a besoin de la bibliothèque ${kind} ${library}, absente de cet ordinateur. « salience devices cuda » dit tout ce qu’il faut de NVIDIA.`,
  notInstalled: () =>
    'Les bibliothèques CUDA de l’environnement d’exécution ne sont pas installées. « salience devices cuda » dit ce qui serait téléchargé.',
  otherLibrary: () =>
    'Une bibliothèque CUDA ou cuDNN manque ou est d’une autre version. « salience devices cuda » dit lesquelles il faut.',
  noNvidia: () => 'CUDA ne trouve pas de carte NVIDIA, ou son pilote est trop ancien.',
  lost: (device) => `${device} a perdu la liaison avec la carte graphique.`,
  notInBuild: (device) => `${device} n’est pas dans cette version sur ce système.`,
  noHalf: (device) => `${device} ne peut pas calculer en demi-précision sur cette carte graphique.`,
  cannotRun: (device) => `${device} ne peut pas exécuter une étape de ce modèle.`,
  failed: (device) => `${device} n’a pas pu exécuter le modèle. Le journal a les détails.`,
};
