// French sentences of the card that proposes a selection on other images.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, counted, listed } from '../../plural.ts';

const images = (n: number) => counted(n, 'image', 'images');

export const propagate: Catalogue['propagate'] = {
  title: (objects) =>
    objects === 1
      ? 'Proposer sur d’autres images'
      : `Proposer ${count(objects)} masques sur d’autres images`,
  where: 'Sur quelles images',
  next: 'Les suivantes',
  alike: 'Les semblables',
  picked: (n) => `Choisies, ${count(n)}`,
  most: 'Combien d’images',
  counting: 'Recherche d’images',
  found: (n) => `Sur ${images(n)}, à décider, là où la saillance correspond. Annuler reprend tout.`,
  none: {
    next: 'Aucune image à relire ne suit celle-ci.',
    alike: 'Le modèle n’a rien vu de semblable sur une autre image.',
    picked: 'Toutes les images choisies sont relues, ou c’est celle-ci.',
  },
  unknownLook:
    'Son aspect n’est pas encore connu : lancez d’abord le modèle sur cette image, ou prenez les suivantes.',
  running: (done, n) => `${count(done)} sur ${images(n)}. Rien n’est encore écrit.`,
  go: (n) => (n === 0 ? 'Proposer' : `Proposer sur ${images(n)}`),
  done: ({ bySalience, asDrawn, leftOut: { there, absent, unread } }) => {
    const facts = [
      bySalience > 0 ? `${count(bySalience)} là où la saillance correspond` : '',
      asDrawn > 0 ? `${count(asDrawn)} à la même place, douteux : aucune saillance à comparer` : '',
      there > 0 ? `${count(there)} laissés de côté : déjà là` : '',
      absent > 0 ? `${count(absent)} laissés de côté : le modèle n’en a pas vu` : '',
      unread > 0 ? `${images(unread)} illisibles` : '',
    ].filter((fact) => fact !== '');
    return facts.length === 0
      ? 'Rien n’a été proposé.'
      : `${counted(bySalience + asDrawn, 'masque proposé', 'masques proposés')} : ${listed(facts)}.`;
  },
};
