// Words about engines side by side.
import { count, counted } from '../../plural.ts';

export const compare = {
  title: (image: string) => `Compare engines on ${image}`,
  inUse: 'In use',
  missing: 'Its model is not here yet.',
  get: 'Get it',
  running: 'Running',
  waiting: 'Waits for the one before',
  stop: 'Stop',
  stopped: 'Stopped',
  run: 'Run',
  masks: 'Masks',
  doubtful: 'Doubtful',
  agreement: 'Agreement',
  keep: 'Keep this one',
  use: 'Use this one',
  why: 'Why',
  taken: (name: string) => `${name} is in use, and its masks are the proposals here.`,
  absent: (names: readonly string[]) =>
    names.length > 3
      ? `left out ${names.slice(0, 3).join(', ')} and ${count(names.length - 3)} more`
      : `left out ${names.join(', ')}`,
  where: 'Where they agree',
  map: (name: string) => `${name}: the darker, the more engines painted it`,
  mapNote: 'The stronger the colour, the more engines painted it.',
  table: 'Agreement by class',
  tableNote: 'overlap of the masks, 1 is equal',
  class: 'Class',
  all: 'All',
  pair: (a: string, b: string) => `${a}, ${b}`,
  notFound: 'not found',
  nothing: 'No engine found any of these classes.',
  what: 'What to take',
  agreed: (names: readonly string[]) =>
    names.length === 0
      ? 'There is no class on which all engines agree that far.'
      : `All engines agree on ${names.join(', ')}.`,
  from: 'Where all agree on at least',
  takeAgreed: 'Take what all agree on',
  agreedStep: 'Take what engines agree on',
  agreedTaken: (n: number) =>
    `${count(n)} ${n === 1 ? 'class' : 'classes'} that all engines agree on are proposals now.`,
  agreedNote: 'As the engine in use drew them, in one step. Other classes stay as they are.',
  note: 'Agreement is not truth: engines can be wrong alike. Nothing changes before you take one; accepted masks never change.',
  shows: 'What the pictures show',
  showing: { masks: 'Masks', salience: 'Salience', difference: 'Difference' },
  together: 'Move together',
  shownNote: {
    salience: 'The brighter, the more the engine looked there.',
    difference: 'Filled: only this engine painted it. Striped: only others did.',
  },
  picture: (name: string) => `Picture of ${name}. Plus and minus zoom, 0 shows all, arrows move.`,
  noMap: 'No map of this class here.',
  six: {
    try: 'Try on 6 images',
    title: (n: number) => `On ${count(n)} images`,
    starting: 'Starting',
    stop: 'Stop',
    engine: 'Engine',
    masks: (masks: number, doubtful: number) =>
      `${counted(masks, 'mask', 'masks')}, ${count(doubtful)} doubtful`,
    agreement: (value: string) => `agreement ${value}`,
    time: (time: string) => `${time} an image`,
    found: (n: number) => `${counted(n, 'mask', 'masks')}`,
    waiting: 'Waits',
    note: (n: string) =>
      `The same classes on ${n} images spread over the project. Nothing is written; what was asked before is not asked again.`,
  },
  open: 'Compare on this image',
};
