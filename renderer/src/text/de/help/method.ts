// German help pages about the method: salience, clicks and edges, engines.
import type { Catalogue } from '../../languages/catalogue.ts';

type Topics = Catalogue['help']['topics'];

export const salience: Topics['salience'] = {
  title: 'Was Salienz ist',
  lead: 'Das Modell sagt, wohin es sah, bevor es sagt, was es fand.',
  sections: {
    map: {
      heading: 'Eine Karte für jedes Wort',
      body: [
        'Ein Bild-Sprach-Modell hat gelernt zu sagen, ob ein Satz zu einem Bild passt. Nach „a photo of a cup“ gefragt, vergleicht es das Wort cup mit jedem Patch des Bildes. GradCAM gewichtet diese Vergleiche danach, wie sehr sie die Antwort heben: Das Ergebnis ist die Salienz des Wortes.',
        'Salienz ist keine Maske. Sie ist hell, wo das Modell hinsah, oft nur am verräterischsten Teil: am Gesicht eines Hundes, nicht an seinem Rücken.',
      ],
    },
    dropout: {
      heading: 'Mehrere Durchgänge',
      body: [
        'Nach einem Durchgang werden die Patches mit der stärksten Salienz verdeckt, und das Modell wird noch einmal gefragt. Es muss den Rest des Dings ansehen. Die Summe aller Durchgänge bedeckt mehr als der erste, und „Belege“ zeigt jeden Durchgang mit dem, was er verdeckte.',
      ],
    },
    edges: {
      heading: 'Von der Salienz zur Maske',
      body: [
        'Die Summe wird etwas geglättet, jede Klasse bekommt ihre Pixel, und die Kanten folgen den Farben des Fotos: normalerweise mit einem dichten CRF, mit schnellen Kanten, wo Zeit zählt.',
      ],
    },
    presence: {
      heading: 'Ist es überhaupt da?',
      body: [
        'Die Übereinstimmung einer Klasse ist die eigene Antwort des Modells darauf, ob der Satz passt. Eine Klasse unter ihrer Schwelle bekommt auf dem Bild keine Maske, und die Klassenliste zeigt, wie viel fehlte.',
      ],
    },
  },
};

export const clicks: Topics['clicks'] = {
  title: 'Klicks und Kanten',
  lead: 'Die Salienz weiß, was es ist, ein Klickmodell weiß, wo es endet.',
  sections: {
    segment: {
      heading: 'Vom Klick zur Maske',
      body: [
        'Segmentieren wählen und auf ein Ding klicken; ein Klick mit der rechten Taste sagt „dies nicht“. Ein aufgezogenes Rechteck sagt, wie weit es reicht. Jeder Klick ist ein widerrufbarer Schritt, und Enter macht das Objekt.',
        'Ohne Klickmodell folgt das Werkzeug der Salienz der aktiven Klasse, wo das Bild ausgeführt wurde.',
      ],
    },
    refine: {
      heading: 'Scharfe Kanten von selbst',
      body: [
        'Verfeinern, neben Ausführen, fragt das Klickmodell nach jeder Maske, die ein Lauf findet. Wo es mit der Salienz übereinstimmt, sicher und stabil ist, gilt seine Kante; sonst bleibt die Kante, und Liste, Streifen und Bericht sagen, warum.',
        'Ein Objekt je Ding trennt, was sich berührt. Angenommene Masken ändern sich nie.',
      ],
    },
    zoom: {
      heading: 'Kleines in großen Bildern',
      body: [
        'Segmentieren sieht das ganze Bild auf einmal. Hineinzoomen und genauer hinsehen lassen: Dann sieht das Modell nur den sichtbaren Ausschnitt.',
      ],
    },
    hand: {
      heading: 'Von Hand',
      body: [
        'Der Pinsel malt, der Radierer nimmt weg. Das Polygon nimmt für jeden Klick einen Punkt und beim Ziehen eine Linie, folgt mit Ctrl einer Kante des Fotos und teilt mit Alt die Grenze eines Nachbarn. Zauberstab und Füllen nehmen, was dieselbe Farbe hat.',
        'Unfertiges wartet bei seinem Bild, auch nach einem Absturz.',
      ],
    },
    clean: {
      heading: 'Viele Masken bereinigen',
      body: [
        'Inseln, Löcher, raue Kanten, zu viele Punkte: Jeder Regler zeigt vorher, was er ändern würde. Es wirkt auf die Auswahl, auf ein Bild oder auf alle Masken einer Klasse, und ein Widerruf nimmt alles zurück.',
      ],
    },
  },
};

export const engines: Topics['engines'] = {
  title: 'Verfahren im Vergleich',
  lead: 'Wege von Wörtern zu Masken, ohne Training.',
  sections: {
    pnp: {
      heading: 'Salienz',
      body: [
        'Fragt ein Modell, das Bilder und Wörter kennt, mehrmals, wohin es für jede Klasse sah. Liefert die reichsten Belege und braucht je Klasse die meiste Zeit.',
      ],
    },
    naclip: {
      heading: 'Ähnlichkeit',
      body: [
        'Vergleicht jeden Patch des Bildes einmal mit jeder Klasse. Bei vielen Klassen ist es am schnellsten, und seine Karten haben keine Durchgänge.',
      ],
    },
    car: {
      heading: 'Runden',
      body: [
        'Zeigt jeden Fund einem Gutachter und verwirft die Namen, die er nicht sieht. Gut, wo eine lange Namensliste eingegeben ist und wenige davon da sind.',
      ],
    },
    compare: {
      heading: 'Nebeneinander',
      body: [
        'Bis zu drei Verfahren auf dem offenen Bild, mit ihren Masken, ihren Sekunden und wie weit sie sich decken. Das liebste wird das in Gebrauch.',
      ],
    },
    choose: {
      heading: 'Welches zu den eigenen Bildern passt',
      body: [
        'Auf etwa zwanzig Bildern Masken annehmen und Abstimmen die Verfahren daran vergleichen lassen: Es hält diese Masken zurück und führt jedes Verfahren mit seiner Deckung und seinen Sekunden auf.',
      ],
    },
  },
};
