// French help pages about the method: salience, clicks and edges, engines.
import type { Catalogue } from '../../languages/catalogue.ts';

type Topics = Catalogue['help']['topics'];

export const salience: Topics['salience'] = {
  title: 'Ce qu’est la saillance',
  lead: 'Le modèle dit où il a regardé avant de dire ce qu’il a trouvé.',
  sections: {
    map: {
      heading: 'Une carte pour chaque mot',
      body: [
        'Un modèle vision-langage a appris à dire si une phrase va avec une image. Interrogé sur « une photo d’une tasse », il compare le mot tasse à chaque tuile de l’image. GradCAM pèse ces comparaisons selon ce qu’elles ajoutent à la réponse : le résultat est la saillance du mot.',
        'La saillance n’est pas un masque. Elle brille là où le modèle a regardé, souvent sur la partie la plus parlante : la tête d’un chien, pas son dos.',
      ],
    },
    dropout: {
      heading: 'Plusieurs passes',
      body: [
        'Après une passe, les tuiles de plus forte saillance sont cachées et le modèle est interrogé à nouveau. Il doit regarder le reste de la chose. La somme des passes couvre plus que la première, et Indices montre chaque passe avec ce qu’elle a caché.',
      ],
    },
    edges: {
      heading: 'De la saillance au masque',
      body: [
        'La somme est un peu floutée, chaque classe reçoit ses pixels, et les contours suivent les couleurs de la photographie : un CRF dense par défaut, des contours rapides quand le temps compte.',
      ],
    },
    presence: {
      heading: 'Est-ce seulement là ?',
      body: [
        'La correspondance d’une classe est la réponse du modèle lui-même : la phrase va-t-elle avec l’image ? Une classe sous son seuil ne reçoit pas de masque sur cette image, et la liste des classes montre de combien elle l’a manqué.',
      ],
    },
  },
};

export const clicks: Topics['clicks'] = {
  title: 'Clics et contours',
  lead: 'La saillance sait quoi, un modèle de clics sait où cela finit.',
  sections: {
    segment: {
      heading: 'D’un clic au masque',
      body: [
        'Choisissez Segmenter et cliquez sur une chose ; un clic du bouton droit dit « pas ceci ». Un rectangle tracé dit jusqu’où elle va. Chaque clic est une étape annulable, et Entrée crée l’objet.',
        'Sans modèle de clics, l’outil suit la saillance de la classe active, là où l’image a été lancée.',
      ],
    },
    refine: {
      heading: 'Des contours nets d’eux-mêmes',
      body: [
        'Affiner, à côté de Lancer, interroge le modèle de clics sur chaque masque trouvé. Là où il s’accorde avec la saillance, est sûr et stable, son contour est pris ; sinon le contour reste, et la liste, la bande et le rapport disent pourquoi.',
        'Un objet par chose sépare ce qui se touche. Les masques acceptés ne changent jamais.',
      ],
    },
    zoom: {
      heading: 'De petites choses dans de grandes images',
      body: [
        'Segmenter voit toute l’image à la fois. Agrandissez et demandez un regard plus fin : le modèle ne voit alors que ce que vous voyez.',
      ],
    },
    hand: {
      heading: 'À la main',
      body: [
        'Le pinceau peint et la gomme enlève. Le polygone prend un point par clic et une ligne par glissement, suit un contour de la photographie avec Ctrl, et partage le bord d’un voisin avec Alt. La baguette et le remplissage prennent ce qui a la même couleur.',
        'Ce que vous laissez inachevé attend avec son image, même après un plantage.',
      ],
    },
    clean: {
      heading: 'Nettoyer beaucoup de masques',
      body: [
        'Îlots, trous, bords rugueux, trop de points : chaque curseur montre ce qu’il changerait avant que vous n’appuyiez. Cela vaut pour la sélection, une image ou tous les masques d’une classe, et une seule annulation ramène tout.',
      ],
    },
  },
};

export const engines: Topics['engines'] = {
  title: 'Moteurs comparés',
  lead: 'Des chemins des mots aux masques, sans entraînement.',
  sections: {
    pnp: {
      heading: 'Salience',
      body: [
        'Demande plusieurs fois à un modèle qui connaît images et mots où il a regardé pour chaque classe. C’est lui qui donne les indices les plus complets et prend le plus de temps par classe.',
      ],
    },
    naclip: {
      heading: 'Similarité',
      body: [
        'Compare une fois chaque tuile de l’image à chaque classe. C’est le plus rapide avec beaucoup de classes, et ses cartes n’ont pas de passes.',
      ],
    },
    car: {
      heading: 'Tours',
      body: [
        'Montre chaque trouvaille à un juge et écarte les noms que le juge ne voit pas. Bon quand une longue liste de noms est saisie et que peu sont là.',
      ],
    },
    compare: {
      heading: 'Côte à côte',
      body: [
        'Jusqu’à trois moteurs sur l’image ouverte, avec leurs masques, leurs secondes et leur accord. Celui qui vous plaît devient celui utilisé.',
      ],
    },
    choose: {
      heading: 'Lequel va à vos images',
      body: [
        'Acceptez des masques sur une vingtaine d’images, puis laissez Ajuster comparer les moteurs sur elles : il garde ces masques à part et donne pour chaque moteur son accord et ses secondes.',
      ],
    },
  },
};
