// The German help page of words: each means one thing, in the window, on the command line and in the files.
import type { Catalogue } from '../../languages/catalogue.ts';

export const words: Catalogue['help']['topics']['words'] = {
  title: 'Wörter in diesem Programm',
  lead: 'Jedes Wort heißt nur eins, im Fenster, auf der Befehlszeile und in den Dateien.',
  sections: {
    salience: {
      heading: 'Salienz',
      body: ['Wohin das Modell für ein Wort sah: eine Karte über dem Bild, 0 bis 1.'],
    },
    pass: {
      heading: 'Durchgang',
      body: [
        'Eine Frage an das Modell. Jeder Durchgang verdeckt, worauf die vorigen am meisten sahen.',
      ],
    },
    share: {
      heading: 'Anteil',
      body: [
        'Teil eines Ganzen, in Prozent: des Bildes, das eine Maske bedeckt, oder der Salienz, die ein Durchgang brachte.',
      ],
    },
    match: {
      heading: 'Übereinstimmung',
      body: [
        'Wie gut eine Klasse zum Bild als Ganzem passt, 0 bis 1, nach eigener Antwort des Modells.',
      ],
    },
    margin: {
      heading: 'Vorsprung',
      body: [
        'Wie weit eine Klasse in ihrer Maske vor der nächsten liegt. Ein knapper macht eine Maske unsicher, wo niemand nachgesehen hat, wie stabil sie ist.',
      ],
    },
    steady: {
      heading: 'Instabil',
      body: [
        'Wie viel von einer Maske sich ändert, wenn drei Einstellungen sich ein wenig ändern: Schwelle, Farben und Reichweite der Kanten. Über 15\u202f% ist eine Maske unsicher und öfter falsch als eine mit knappem Vorsprung.',
      ],
    },
    threshold: {
      heading: 'Schwelle',
      body: ['Salienz, die ein Pixel braucht, um zur Klasse zu gehören.'],
    },
    head: {
      heading: 'Schicht und Kopf',
      body: [
        'Orte im Modell, an denen Wörter und Patches verglichen werden. Manche Köpfe finden Dinge besser als andere.',
      ],
    },
    window: {
      heading: 'Fenster',
      body: [
        'Ein Teil eines großen Bildes, den Ähnlichkeit für sich betrachtet; danach werden die Fenster vereint.',
      ],
    },
    round: {
      heading: 'Runde',
      body: [
        'Ein Umlauf des Verfahrens Runden: Masken für die übrigen Namen und zu jeder die Antwort des Gutachters.',
      ],
    },
    judge: {
      heading: 'Gutachter',
      body: ['Ein CLIP-Modell, dem ein Fund gezeigt wird und das sagt, welcher Name dazu passt.'],
    },
    proposal: {
      heading: 'Vorschlag',
      body: [
        'Eine Maske des Modells, über die niemand entschieden hat. Sie ist gestrichelt und wird nur auf Wunsch exportiert.',
      ],
    },
    reviewed: {
      heading: 'Geprüft',
      body: ['Die Aussage, dass auf diesem Bild alles entschieden ist.'],
    },
    run: {
      heading: 'Lauf',
      body: [
        'Eine Antwort des Modells auf einem Bild, mit ihren Karten. Schwellen bewegen sich darauf ohne das Modell.',
      ],
    },
    job: {
      heading: 'Auftrag',
      body: [
        'Arbeit an vielen Bildern: ein Stapel, ein Abstimmen, ein Benchmark. Nach einem Neustart geht er weiter.',
      ],
    },
    pack: {
      heading: 'Paket',
      body: [
        'Ein für dieses Programm aufbereitetes Modell: Graphen, Wörter und Einstellungen, mit Prüfsummen.',
      ],
    },
  },
};
