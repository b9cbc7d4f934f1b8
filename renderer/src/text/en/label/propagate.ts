// Sentences of the card that proposes a selection on other images.
import { count, counted, listed } from '../../plural.ts';

interface Done {
  readonly bySalience: number;
  readonly asDrawn: number;
  readonly leftOut: { readonly there: number; readonly absent: number; readonly unread: number };
}

const images = (n: number) => counted(n, 'image', 'images');

export const propagate = {
  title: (objects: number) =>
    objects === 1 ? 'Propose on other images' : `Propose ${count(objects)} masks on other images`,
  where: 'Which images',
  next: 'Next images',
  alike: 'Look-alikes',
  picked: (n: number) => `Picked, ${count(n)}`,
  most: 'How many images',
  counting: 'Looking for images',
  found: (n: number) => `On ${images(n)}, undecided, where salience matches. Undo takes all back.`,
  none: {
    next: 'No image that is not reviewed comes after this one.',
    alike: 'On no other image the model saw anything that looks like it.',
    picked: 'Every picked image is reviewed, or is this one.',
  },
  unknownLook:
    'How it looks is not known yet: run the model on this image first, or take the next images.',
  running: (done: number, n: number) => `${count(done)} of ${images(n)}. Nothing is written yet.`,
  go: (n: number) => (n === 0 ? 'Propose' : `Propose on ${images(n)}`),
  done: ({ bySalience, asDrawn, leftOut: { there, absent, unread } }: Done) => {
    const facts = [
      bySalience > 0 ? `${count(bySalience)} where salience matches` : '',
      asDrawn > 0 ? `${count(asDrawn)} at the same place, doubtful: no salience to match` : '',
      there > 0 ? `${count(there)} left out: there already` : '',
      absent > 0 ? `${count(absent)} left out: the model saw none` : '',
      unread > 0 ? `${images(unread)} could not be read` : '',
    ].filter((fact) => fact !== '');
    return facts.length === 0
      ? 'Nothing was proposed.'
      : `${counted(bySalience + asDrawn, 'mask', 'masks')} proposed: ${listed(facts)}.`;
  },
};
