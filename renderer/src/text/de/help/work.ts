// German help pages about the work: the tour, classes, batch and review, files.
import type { Catalogue } from '../../languages/catalogue.ts';

type Topics = Catalogue['help']['topics'];

export const tour: Topics['tour'] = {
  title: 'Rundgang in fünf Minuten',
  lead: 'Mit dem Beispiel, auf diesem Computer. Jeder Schritt hat eine Schaltfläche, die dorthin führt.',
  sections: {
    type: {
      heading: 'Eingeben, was in den Bildern ist',
      body: [
        'Klassennamen sind der Prompt. Andere Wörter für eine Klasse kommen in ihre Einzelheiten: cup, mug. Ein ~ vor einem Namen kennzeichnet Flächiges, etwa ~sky.',
      ],
    },
    propose: {
      heading: 'Das Modell Masken vorschlagen lassen',
      body: [
        'Gestrichelt heißt vorgeschlagen, durchgezogen heißt angenommen. Nichts, was das Modell tut, ändert Angenommenes.',
      ],
    },
    why: {
      heading: 'Sehen, warum',
      body: [
        'Salienz ist, wohin das Modell für ein Wort sah, Durchgang für Durchgang. Jeder Durchgang verdeckt die stärksten Patches, damit der nächste anderswo hinsieht.',
      ],
    },
    decide: {
      heading: 'Annehmen, ablehnen oder korrigieren',
      body: [
        'Eine Taste nimmt an, eine lehnt ab. Mit Segmentieren klicken, mit dem Pinsel malen oder mit dem Polygon der Kante folgen.',
      ],
    },
    rest: {
      heading: 'Den Rest erledigen lassen',
      body: [
        'Alle Bilder vorannotieren, die unsicheren Masken zuerst ansehen, exportieren mit einer Kontrolle, die die Datei zurückliest.',
      ],
    },
  },
};

export const classes: Topics['classes'] = {
  title: 'Klassen und Wörter',
  lead: 'Der Name ist für die Datei, die Wörter sind für das Modell.',
  sections: {
    words: {
      heading: 'Andere Wörter',
      body: [
        'Eine Klasse kann einen eigenen Prompt und Synonyme haben. Die Datei behält den Namen. Ein Synonym hilft, wo das Modell danebenliegt: sofa neben couch.',
      ],
    },
    fields: {
      heading: 'Felder, Merkmale und Notizen',
      body: [
        'Eine Klasse kann bei jedem Objekt etwas fragen: ein Häkchen, eine Auswahl, eine Zahl, einen Text. Die Felder stehen in ihrem Editor; eine Taste öffnet sie an der Auswahl, und Ziffern setzen sie.',
        'Merkmale sagen, dass ein Objekt verdeckt, schwierig, eine Menge oder angeschnitten ist. Notizen stehen an einem Objekt oder Bild, Stichwörter an Bildern. All das geht in Dateien von COCO, CVAT und labelme, und der Filter findet es: field:material=wood, is:occluded, tag:night.',
      ],
    },
    keys: {
      heading: 'Tasten für viele Klassen',
      body: [
        'Die Tasten 1–9 wählen Klassen. Bei mehr als neun gibt eine Taste sie den nächsten neun und eine andere den neun davor; die Klassenliste zeigt, wem sie gehören.',
      ],
    },
    merge: {
      heading: 'Zwei Namen für eine Sache',
      body: [
        'Ein Rechtsklick auf eine Klasse führt sie mit einer anderen zusammen: Ihre Objekte in allen Bildern gehen über, und einmal Rückgängig nimmt das zurück.',
      ],
    },
    threshold: {
      heading: 'Schwellen',
      body: [
        'Eine Klasse hat eine Schwelle: Höher gibt engere Masken, tiefer vollere. Sie zu bewegen braucht keinen neuen Lauf, denn die Salienz ist gespeichert.',
      ],
    },
    stuff: {
      heading: 'Dinge und Flächiges',
      body: [
        'Dinge lassen sich zählen, Flächiges nicht: Himmel, Gras, Straße. Flächiges nimmt die Pixel, die kein Ding hat, und wird nie in Objekte geteilt.',
      ],
    },
  },
};

export const batch: Topics['batch'] = {
  title: 'Stapel und Prüfen',
  lead: 'Das Modell arbeitet über Nacht, angesehen wird nur, was unsicher ist.',
  sections: {
    batch: {
      heading: 'Alle Bilder vorannotieren',
      body: [
        'Ein Stapel läuft im Hintergrund und geht nach einem Neustart weiter, wo er aufhörte. Bilder mit angenommenen Masken behalten sie.',
      ],
    },
    review: {
      heading: 'Nach Klassen prüfen',
      body: [
        '„Prüfen“ zeigt die Vorschläge einer Klasse nebeneinander, die unsicheren zuerst. Tasten nehmen an und lehnen ab; ein Widerruf nimmt die letzte Entscheidung zurück.',
      ],
    },
    learn: {
      heading: 'Aus Korrekturen lernen',
      body: [
        'Ab acht fertigen Bildern sieht Salience im Hintergrund nach, ob andere Schwellen oder Kanten besser zu Ihren Masken gepasst hätten. Es nutzt die gespeicherten Karten, beurteilt jedes Bild mit Einstellungen, die ohne dieses Bild gewählt wurden, und fragt, bevor sich etwas ändert. Ein Widerruf nimmt es zurück.',
        'Was weiter oder enger gezeichnet wird als vorgeschlagen, wird ein eigenes Angebot. „Prüfen“ beginnt dann mit dem, was sich am stärksten geändert hat; „Abstimmen“ hat die Zahlen und misst ab zehn Bildern jede Schicht des Modells.',
      ],
    },
    filter: {
      heading: 'Bilder finden',
      body: [
        'Der Filter der Bildliste kennt Klasse, Status, Übereinstimmung, Vorsprung, Fläche, Anzahl und mehr, mit englischen Wörtern: class:cup margin:<0.1 zeigt unsichere Tassen. Gespeicherte Filter haben Tasten.',
      ],
    },
  },
};

export const files: Topics['files'] = {
  title: 'Dateien hinein und hinaus',
  lead: 'Die Bilder werden nie geändert. Das Projekt ist eine Datei neben ihnen oder am gewählten Ort.',
  sections: {
    project: {
      heading: 'Die Projektdatei',
      body: [
        'Jede Entscheidung wird sofort gespeichert. Zwei Fenster dürfen an einem Projekt offen sein; ein anderes Programm, das es hat, wird gebeten loszulassen, wenn hier bearbeitet werden soll.',
      ],
    },
    import: {
      heading: 'Annotationen von anderswo',
      body: [
        'COCO, labelme, X-AnyLabeling, CVAT, VIA, Label Studio, Supervisely, YOLO, Pascal VOC und Maskenbilder werden an ihrem Inhalt erkannt. Was sich nicht lesen lässt, wird mit seinem Grund genannt.',
      ],
    },
    export: {
      heading: 'Exportieren',
      body: [
        'COCO mit Masken als RLE oder Polygonen und die anderen Formate, die der Dialog aufführt. Die Datei wird daneben geschrieben und zurückgelesen, bevor sie ihren Namen bekommt.',
        'Davor zählt der Dialog, was einen Blick wert ist: winzige Masken, Überlappungen, dieselbe Maske zweimal, Unentschiedenes.',
      ],
    },
  },
};
