// French sentences about models that people fetch themselves.
import type { Catalogue } from '../../languages/catalogue.ts';

export const byHand: Catalogue['models']['byHand'] = {
  get: 'Comment l’obtenir',
  title: (name) => `Obtenir ${name}`,
  why: 'Ce modèle est publié sans somme de contrôle : Salience ne le télécharge pas de lui-même.',
  fetch: (file, size, atLeast) =>
    `1. Téléchargez ${file} (${atLeast ? 'au moins' : 'environ'} ${size}) dans un navigateur, à cette adresse :`,
  copy: 'Copier l’adresse',
  copied: 'Adresse copiée.',
  choose:
    '2. Choisissez le dossier où il se trouve. Le fichier est lu sans rien exécuter, et son SHA-256 est gardé.',
  licence: (licence) => `Licence : ${licence}.`,
  chooseFolder: 'Choisir le dossier',
  orMore: (size) => `≥ ${size}`,
};
