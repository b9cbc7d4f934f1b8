// The French help page of words.
import type { Catalogue } from '../../languages/catalogue.ts';

export const words: Catalogue['help']['topics']['words'] = {
  title: 'Les mots d’ici',
  lead: 'Chaque mot veut dire une seule chose, dans la fenêtre, en ligne de commande et dans les fichiers.',
  sections: {
    salience: {
      heading: 'Saillance',
      body: ['Où le modèle a regardé pour un mot : une carte sur l’image, de 0 à 1.'],
    },
    pass: {
      heading: 'Passe',
      body: [
        'Une question au modèle. Chaque passe cache ce que les précédentes ont le plus regardé.',
      ],
    },
    share: {
      heading: 'Part',
      body: [
        'Une partie d’un tout, en pour cent : de l’image que couvre un masque, ou de la saillance qu’a apportée une passe.',
      ],
    },
    match: {
      heading: 'Correspondance',
      body: [
        'À quel point une classe va avec l’image entière, de 0 à 1, selon la réponse du modèle.',
      ],
    },
    margin: {
      heading: 'Marge',
      body: [
        'L’avance d’une classe sur la suivante à l’intérieur de son masque. Une marge mince rend un masque douteux là où personne n’a vu s’il est stable.',
      ],
    },
    steady: {
      heading: 'Instable',
      body: [
        'Quelle part d’un masque change quand trois réglages bougent un peu : seuil, couleurs et portée des contours. Au-dessus de 15 %, un masque est douteux, et plus souvent faux qu’avec une marge mince.',
      ],
    },
    threshold: {
      heading: 'Seuil',
      body: ['La saillance qu’il faut à un pixel pour appartenir à la classe.'],
    },
    head: {
      heading: 'Couche et tête',
      body: [
        'Des lieux dans le modèle où mots et tuiles sont comparés. Certaines têtes trouvent les choses mieux que d’autres.',
      ],
    },
    window: {
      heading: 'Fenêtre',
      body: [
        'Une partie d’une grande image que Similarité regarde seule ; les fenêtres sont ensuite réunies.',
      ],
    },
    round: {
      heading: 'Tour',
      body: [
        'Un passage de Tours : des masques pour les noms qui restent, et la réponse du juge à chacun.',
      ],
    },
    judge: {
      heading: 'Juge',
      body: ['Un modèle CLIP qui reçoit une trouvaille et dit quel nom lui va.'],
    },
    proposal: {
      heading: 'Proposition',
      body: [
        'Un masque du modèle dont personne n’a décidé. Il est en tirets, et n’est exporté que si vous le demandez.',
      ],
    },
    reviewed: {
      heading: 'Relue',
      body: ['Vous dites que tout est décidé sur cette image.'],
    },
    run: {
      heading: 'Lancement',
      body: [
        'Une réponse du modèle sur une image, avec ses cartes. Les seuils y bougent sans le modèle.',
      ],
    },
    job: {
      heading: 'Tâche',
      body: [
        'Du travail sur beaucoup d’images : un lot, un ajustement, une évaluation. Elle continue après un redémarrage.',
      ],
    },
    pack: {
      heading: 'Paquet',
      body: [
        'Un modèle préparé pour ce programme : graphes, mots et réglages, avec sommes de contrôle.',
      ],
    },
  },
};
