// What to say in French for an error code: what happened, what is safe, what to do.
import type { Catalogue } from '../languages/catalogue.ts';
import { bytes, count } from '../plural.ts';

export const figures: Catalogue['figures'] = {
  tooLarge: (width, height, maxPixels) =>
    `${count(width)} × ${count(height)} px dépassent la limite de ${count(Math.floor(maxPixels / 1e6))} millions de px.`,
  tooManyBytes: (size, most) => `Un fichier de ${bytes(size)} dépasse la limite de ${bytes(most)}.`,
  stops: (format, share) =>
    `Ce fichier ${format} s’arrête après ${share} % de son image. Les autres images ne sont pas touchées.`,
  damaged: (format, endsEarly) =>
    `Ce fichier ${format} est abîmé : ${endsEarly ? 'il finit trop tôt' : 'ses données ne peuvent pas être lues'}. Les autres images ne sont pas touchées.`,
};

export const errors: Catalogue['errors'] = {
  fallback: 'Quelque chose a mal tourné à l’intérieur. Vos annotations sont en sûreté.',
  PROTOCOL_MISMATCH: 'La page et le moteur sont de versions différentes. Rechargez la page.',
  CONNECTION_CLOSED: 'La connexion au moteur s’est coupée. Tout ce qui est accepté est enregistré.',
  PROJECT_LOCKED:
    'Ce projet est ouvert dans une autre fenêtre. Vous pouvez regarder, pas modifier.',
  PROJECT_TOO_NEW:
    'Une version plus récente de Salience a écrit ce projet. Mettez le programme à jour pour l’ouvrir.',
  PROJECT_REPLACED:
    'Une autre fenêtre a ouvert un autre projet. Rouvrez le vôtre pour y continuer.',
  CATEGORY_CONFLICT:
    'Une autre fenêtre a changé cette classe d’abord. Son état plus récent est affiché.',
  CATEGORY_UNKNOWN: 'Une autre fenêtre a supprimé cette classe.',
  PROJECT_READ_ONLY:
    'Ce projet ne peut être que lu ici. Copiez-le dans un dossier où vous pouvez écrire.',
  FOLDER_MISSING: 'Le disque n’est pas branché. Vos annotations sont en sûreté.',
  DISK_FULL: 'Non enregistré : le disque est plein. Votre dernier changement est gardé en mémoire.',
  NAME_TAKEN: 'Ce nom est pris.',
  DOC_CONFLICT: 'Une autre fenêtre a changé cet objet d’abord. Son état plus récent est affiché.',
  IMAGE_MISSING: 'Le fichier n’est plus dans le dossier. Vos annotations sont en sûreté.',
  IMAGE_DAMAGED: 'Le fichier est abîmé. Les autres images ne sont pas touchées.',
  IMAGE_UNSUPPORTED:
    'Ce n’est pas une image que Salience lit : JPEG, PNG, WebP, TIFF, GIF, AVIF ou BMP. Convertissez-la en PNG.',
  IMAGE_EMPTY: 'Le fichier est vide. Copiez-le à nouveau.',
  IMAGE_TOO_LARGE: 'L’image dépasse la limite de 12 000 px.',
  IMAGE_NAME:
    'Son nom n’est pas le chemin relatif qu’un jeu de données demande. Renommez le fichier.',
  MODEL_HASH_MISMATCH:
    'Un fichier du paquet de modèle a changé. Obtenez-le ou construisez-le à nouveau sous Modèles.',
  PACK_BROKEN: 'Le paquet de modèle est abîmé. Reprenez la partie abîmée sous Modèles.',
  PROMPT_EMPTY: 'Saisissez au moins un nom de classe.',
  INFERENCE_EXITED: 'Le processus du modèle s’est arrêté. Rien n’est perdu. Relancez.',
  INFERENCE_UNAVAILABLE: 'Le modèle ne peut pas démarrer pour le moment.',
  NETWORK_FAILED: 'La connexion s’est coupée. Rien n’est perdu.',
  HUB_UNREACHABLE:
    'Le dépôt est injoignable. Rien n’est perdu. Choisissez un miroir ou ajoutez un dossier sous Modèles.',
  CERTIFICATE_UNTRUSTED: 'Le certificat du dépôt n’est pas reconnu ici. Rien n’a été téléchargé.',
  ACCESS_DENIED: 'Ce modèle demande un jeton d’accès.',
  CHECKSUM_MISMATCH: 'Le fichier diffère de celui publié. Il n’a pas été installé.',
};

/** Why a job stands still, or an image could not be done. */
export const reasons: Catalogue['reasons'] = {
  interrupted: () => 'Le programme s’est terminé pendant cette tâche. « Reprendre » la continue.',
  closed: () => 'Le programme a été fermé.',
  unsaved: () => 'L’enregistrement a échoué.',
  crashed: () => 'Le processus du modèle s’est terminé pendant le travail sur cette image.',
  endsAgain: () =>
    'Le processus du modèle s’est terminé trois fois de suite. Relancer dans une minute ; s’il se termine encore, choisir un autre appareil sous Modèles.',
  classesGone: () => 'Les classes de cette tâche ont toutes été supprimées.',
  folderGone: (folder) =>
    `Le dossier ${folder} n’est plus là. Rebrancher le disque ou le partage réseau, puis continuer.`,
  gone: (image) => `${image} n’est plus dans le dossier.`,
  notUtf8: (image) =>
    `Le nom de ${image} sur le disque n’est pas en UTF-8 : le fichier ne peut pas être ouvert par ce nom. Renommer le fichier.`,
  oldName: (image) =>
    `Le nom de ${image} n’est pas du texte UTF-8, comme en laissent les archives anciennes. Renommer le fichier.`,
  deadLink: (image, target) =>
    `${image} est un lien vers ${target}, où il n’y a pas d’image. Y mettre l’image ou supprimer le lien.`,
  unreadable: (fault) =>
    `Le fichier ne peut pas être lu (${fault}). Autoriser sa lecture, puis réessayer.`,
  otherSize: (image, [width, height], [widthNow, heightNow]) =>
    `${image} mesurait ${count(width)} × ${count(height)} px à l’annotation et mesure maintenant ${count(widthNow)} × ${count(heightNow)} px ; ses annotations ne conviendraient plus. Remettre le fichier d’avant.`,
};
