// French help pages about the work: the tour, classes, batch and review, files.
import type { Catalogue } from '../../languages/catalogue.ts';

type Topics = Catalogue['help']['topics'];

export const tour: Topics['tour'] = {
  title: 'Visite en cinq minutes',
  lead: 'Avec l’exemple, sur cet ordinateur. Chaque étape a un bouton qui y mène.',
  sections: {
    type: {
      heading: 'Saisir ce qui est dans les images',
      body: [
        'Les noms de classes sont l’invite. D’autres mots pour une classe vont dans ses détails : tasse, mug. Un ~ devant un nom désigne une matière, comme ~ciel.',
      ],
    },
    propose: {
      heading: 'Laisser le modèle proposer des masques',
      body: [
        'En tirets : proposé. En trait plein : à vous. Rien de ce que fait le modèle ne change ce que vous avez accepté.',
      ],
    },
    why: {
      heading: 'Voir pourquoi',
      body: [
        'La saillance est l’endroit où le modèle a cherché un mot, passe après passe. Chaque passe cache les tuiles les plus fortes, et la suivante doit regarder ailleurs.',
      ],
    },
    decide: {
      heading: 'Accepter, rejeter ou corriger',
      body: [
        'Une touche accepte, une touche rejette. Cliquez avec Segmenter, peignez au pinceau, ou suivez le contour au polygone.',
      ],
    },
    rest: {
      heading: 'Le laisser faire le reste',
      body: [
        'Préannotez toutes les images, regardez d’abord les masques douteux, exportez avec une vérification qui relit le fichier.',
      ],
    },
  },
};

export const classes: Topics['classes'] = {
  title: 'Classes et mots',
  lead: 'Le nom est pour le fichier, les mots sont pour le modèle.',
  sections: {
    words: {
      heading: 'Autres mots',
      body: [
        'Une classe peut avoir sa propre invite et des synonymes. Le fichier garde le nom. Ajoutez un synonyme là où le modèle se trompe : sofa à côté de canapé.',
      ],
    },
    fields: {
      heading: 'Champs, marques et notes',
      body: [
        'Une classe peut demander quelque chose à chaque objet : une case, un choix, un nombre, un texte. Les champs sont dans son éditeur ; une touche les ouvre sur la sélection, et les chiffres les règlent.',
        'Les marques disent qu’un objet est occulté, difficile, un groupe ou coupé. Des notes vont aux objets et aux images, des étiquettes aux images. Tout passe dans les fichiers COCO, CVAT et labelme, et le filtre le trouve : field:material=wood, is:occluded, tag:night.',
      ],
    },
    keys: {
      heading: 'Touches pour beaucoup de classes',
      body: [
        'Les touches 1–9 choisissent des classes. Au-delà de neuf, une touche les donne aux neuf suivantes et une autre aux neuf précédentes ; la liste des classes montre à qui elles sont.',
      ],
    },
    merge: {
      heading: 'Deux noms pour une chose',
      body: [
        'Un clic droit sur une classe la fusionne avec une autre : ses objets de toutes les images y passent, et une seule annulation revient en arrière.',
      ],
    },
    threshold: {
      heading: 'Seuils',
      body: [
        'Une classe a un seuil : plus haut, les masques sont plus serrés ; plus bas, plus pleins. Le bouger ne demande pas de nouveau lancement, car la saillance est gardée.',
      ],
    },
    stuff: {
      heading: 'Choses et matière',
      body: [
        'Les choses se comptent, la matière non : ciel, herbe, route. La matière prend les pixels qu’aucune chose n’a, et n’est jamais coupée en objets.',
      ],
    },
  },
};

export const batch: Topics['batch'] = {
  title: 'Lot et relecture',
  lead: 'Le modèle travaille la nuit, vous regardez ce qui est douteux.',
  sections: {
    batch: {
      heading: 'Préannoter toutes les images',
      body: [
        'Un lot tourne à l’arrière-plan et reprend après un redémarrage là où il s’était arrêté. Les images aux masques acceptés les gardent.',
      ],
    },
    review: {
      heading: 'Relire par classe',
      body: [
        'Relire montre côte à côte les propositions d’une classe, les douteuses d’abord. Des touches acceptent et rejettent ; annuler reprend la dernière décision.',
      ],
    },
    learn: {
      heading: 'Apprendre des corrections',
      body: [
        'À partir de huit images terminées, Salience regarde à l’arrière-plan si d’autres seuils ou contours auraient mieux convenu à vos masques. Il utilise les cartes enregistrées, juge chaque image avec des réglages choisis sans elle et demande avant de changer quoi que ce soit. Un seul « annuler » reprend tout.',
        'Ce que vous dessinez plus large ou plus étroit que proposé devient une offre à part. Relire commence alors par ce qui a le plus changé ; Ajuster a les chiffres et, à partir de dix images, mesure chaque couche du modèle.',
      ],
    },
    filter: {
      heading: 'Trouver des images',
      body: [
        'Le filtre de la liste connaît class, status, match, margin, area, count et d’autres : class:tasse margin:<0.1 montre les tasses douteuses. Les filtres enregistrés ont des touches.',
      ],
    },
  },
};

export const files: Topics['files'] = {
  title: 'Fichiers entrants et sortants',
  lead: 'Vos images ne changent jamais. Le projet est un fichier à côté d’elles, ou là où vous le mettez.',
  sections: {
    project: {
      heading: 'Le fichier du projet',
      body: [
        'Chaque décision est enregistrée aussitôt. Deux fenêtres peuvent être ouvertes sur un projet ; un autre programme qui l’a est prié de le lâcher quand vous choisissez de modifier ici.',
      ],
    },
    import: {
      heading: 'Annotations venues d’ailleurs',
      body: [
        'COCO, labelme, X-AnyLabeling, CVAT, VIA, Label Studio, Supervisely, YOLO, Pascal VOC et les images de masques sont reconnus à leur contenu. Ce qui ne peut pas être lu est nommé avec sa raison.',
      ],
    },
    export: {
      heading: 'Export',
      body: [
        'COCO avec des masques en RLE ou en polygones, et les autres formats que liste le dialogue. Le fichier est écrit à part et relu avant de prendre son nom.',
        'Avant cela, le dialogue compte ce qui mérite un regard : masques minuscules, recouvrements, deux fois le même masque, ce que personne n’a décidé.',
      ],
    },
  },
};
