// Sentences of the rounds before a judge.
import { count } from '../../plural.ts';

export const rounds = {
  view: 'Rounds',
  intro: 'Each round asks a judge what it sees, and drops what it does not.',
  title: 'Classes by rounds: map, picture for the judge, score',
  taking: (n: number, bare: boolean) =>
    `${count(n)} ${n === 1 ? 'class' : 'classes'}, ${bare ? 'bare names' : '“a clean origami …”'}`,
  takingStuff: (n: number, bare: boolean) =>
    `stuff: ${count(n)} ${n === 1 ? 'class' : 'classes'}, ${bare ? 'bare names' : '“a clean origami …”'}`,
  stuffNote: 'Stuff is asked for behind the things, which count as its background words.',
  nobody: 'nobody dropped: the loop ends',
  kept: 'kept',
  dropped: 'dropped',
  cell: (name: string, round: number, value: string, kept: boolean) =>
    `${name}, round ${round}: ${value}, ${kept ? 'kept' : 'dropped'}`,
  detail: (name: string, round: number) => `${name} in round ${round}`,
  picture: 'Prompt picture',
  at: (name: string, round: number) => `${name}, round ${round}`,
  pictureOf: (name: string, round: number) =>
    `What the judge was shown of ${name} in round ${round}; the dashed square is what it saw`,
  saw: 'What the judge saw',
  sawNote: 'row: picture, column: name; own score on the diagonal',
  noMatrix: 'This run is older than the table. Run the image again to see it.',
  whyTitle: (name: string) => `Why was ${name} dropped?`,
  whyKeptTitle: (name: string) => `Why was ${name} kept?`,
  why: (
    name: string,
    seen: { readonly name: string | null; readonly score: string },
    own: string,
    needed: string,
  ) =>
    seen.name === null
      ? `The judge saw ${name} in its own picture with ${own} only; ${needed} was needed.`
      : `In the picture for ${name} the judge saw ${seen.name}, ${seen.score}. For ${name} itself: ${own}, not above ${needed}.`,
  whyKept: (name: string, own: string, needed: string) =>
    `The judge saw ${name} in its own picture: ${own}, above ${needed}.`,
  whyBest: (name: string, own: string, needed: string) =>
    `${name} stays with ${own}, not above ${needed}: it is the best of a round that would have dropped everybody, or it is never to be dropped.`,
  keepAnyway: (name: string) => `Keep ${name} anyway`,
  keepNote: 'This project never drops it again, and the image is run anew. Accepted masks stay.',
};
