// German sentences about the packs of the catalogue.
import type { Catalogue } from '../../languages/catalogue.ts';

export const packs: Catalogue['models']['packs'] = {
  purposes: {
    'drawn-scenes':
      'Zum Ausprobieren ohne Download. Kennt gezeichnete Dinge und Texturen, keine Fotos.',
    'blip-itm-large-flickr': 'Fotos, alltägliche Dinge. Das Referenzmodell des Verfahrens.',
    'blip-itm-large-coco': 'Fotos, an COCO-Bildtexten trainiert.',
    'blip-itm-base-coco': 'Fotos, halb so groß. Gut ohne GPU.',
    'blip-itm-base-flickr': 'Fotos, halb so groß. Gut ohne GPU.',
    'bridgetower-large-itm': 'Fotos. Eine zweite Meinung, langsamer.',
    'albef-flickr': 'Fotos. Eine zweite Meinung, so groß wie BLIP base.',
    'albef-coco': 'Fotos, an COCO-Bildtexten trainiert. So groß wie BLIP base.',
    'albef-refcoco': 'Fotos, an Wendungen für einzelne Dinge trainiert.',
    'albef-14m': 'Fotos, vor jeder Feinabstimmung. Sieht 256 Pixel.',
    'mplug-large-flickr': 'Fotos. Eine zweite Meinung, langsamer.',
    'mplug-large-v2': 'Fotos, vor jeder Feinabstimmung.',
    'mplug-large': 'Fotos, vor jeder Feinabstimmung.',
    'mplug-base': 'Fotos, vor jeder Feinabstimmung. Halb so groß.',
    'clip-vit-base-patch16': 'Findet Masken nach Ähnlichkeit und in Runden. Gut ohne GPU.',
    'clip-vit-large-patch14': 'Beurteilt, was Runden finden, und Masken beim Abstimmen.',
    'clip-vit-large-patch14-336': 'Beurteilt Masken beim Abstimmen und was Runden finden.',
    'slimsam-uniform-77': 'Klicks: findet den Umriss unter einem Klick. Schnell ohne GPU.',
    'slimsam-uniform-50': 'Klicks: sauberere Umrisse, dreimal so langsam wie SlimSAM-77.',
    'mobile-sam': 'Klicks: ein weiteres kleines Modell, aus anderen Werkzeugen bekannt.',
    'sam-vit-base': 'Klicks: sorgfältige Umrisse, ohne GPU Sekunden je Bild.',
    'sam-vit-large': 'Klicks: für eine GPU.',
    'sam-vit-huge': 'Klicks: das größte, für eine GPU mit viel Speicher.',
    'medsam-vit-base': 'Boxen auf medizinischen Bildern; Klicks allein wurden nicht trainiert.',
  },
  notes: {
    'albef-flickr': 'Die Lizenz ist die seines Repositorys; die Gewichte nennen keine eigene.',
    'albef-coco': 'Die Lizenz ist die seines Repositorys; die Gewichte nennen keine eigene.',
    'albef-refcoco':
      'Die Lizenz ist die seines Repositorys; die Gewichte nennen keine eigene. Die Wortkarten seiner Autoren entstanden damit.',
    'albef-14m':
      'Die Lizenz ist die seines Repositorys; die Gewichte nennen keine eigene. Die Datei enthält auch den Stand des Trainings.',
    'mplug-large-flickr':
      'Die Lizenz ist die seiner Seite. Für dieses Modell wurde keine Schicht veröffentlicht: das Abstimmen wählt eine.',
    'mplug-large-v2':
      'Die Autoren nennen keine Lizenz. Eine Datei ohne passenden Kopf wird mit Namen abgelehnt.',
    'mplug-large':
      'Die Autoren nennen keine Lizenz. Eine Datei ohne passenden Kopf wird mit Namen abgelehnt.',
    'mplug-base':
      'Die Autoren nennen keine Lizenz. Eine Datei ohne passenden Kopf wird mit Namen abgelehnt.',
  },
};
