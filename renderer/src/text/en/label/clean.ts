// Sentences of cleaning up masks.
import { count, counted, fixed, percent } from '../../plural.ts';

const masks = (n: number) => counted(n, 'mask', 'masks');
const px = (value: number) => `${count(value)} px`;

export const clean = {
  title: 'Clean up',
  titleOf: (name: string) => `Clean up ${name}`,
  close: 'Close clean up',
  scope: 'Whose masks',
  scopes: {
    selection: (n: number) => `Selection, ${count(n)}`,
    image: (n: number) => `This image, ${count(n)}`,
    class: 'All images',
  },
  working: 'working',
  stop: 'Stop',
  grid: 'Masks that change',
  gridHead: (changed: number, all: number, images: number) =>
    `${count(changed)} of ${masks(all)} in ${counted(images, 'image', 'images')} change.`,
  mostShown: (n: number) => ` The ${count(n)} largest changes are shown.`,
  order: 'Order',
  orders: { change: 'Largest change', name: 'Image name', class: 'Class' },
  tile: (name: string, added: number, removed: number) =>
    `${name}, −${px(removed)}, +${px(added)}; press to leave it as it is`,
  /** A mask of another class in the grid. */
  otherTile: (category: string, image: string) => `${category}, ${image}`,
  leaveIt: 'Press to leave this one as it is. Q held: the photograph.',
  left: 'left as it is',
  legend: 'Colours',
  takenAway: 'taken away',
  added: 'added',
  islands: 'Remove islands under',
  islandsDid: (n: number, of: number) => `${counted(n, 'island', 'islands')} in ${masks(of)}`,
  holes: 'Fill holes under',
  holesDid: (n: number, of: number) => `${counted(n, 'hole', 'holes')} in ${masks(of)}`,
  smooth: 'Smooth',
  smoothHint: 'spikes and notches narrower than twice this go',
  grow: 'Grow or shrink',
  growHint: '0 leaves the size',
  simplify: 'Simplify',
  simplifyHint: 'fewer corners matter in polygon formats',
  simplifyDid: (before: number, after: number, error: number) =>
    `${count(before)} → ${count(after)} corners, at most ${fixed(error, 1)} px off`,
  overlap: 'Overlap with other masks',
  overlaps: { keep: 'Keep', order: 'By order', salience: 'By salience' },
  overlapHint: 'shared pixels stay with both',
  overlapsFound: (n: number) => (n === 0 ? 'no overlaps' : counted(n, 'overlap', 'overlaps')),
  overlapsHeld: (n: number) => `${count(n)} stay: the other mask is locked or accepted`,
  overlapsUnsalient: (n: number) =>
    `${count(n)} stay: no salience of both classes is stored. Run the image for both.`,
  off: 'off',
  /** What a screen reader hears of a slider. */
  spoken: (value: number) => (value === 0 ? 'off' : `${value} pixels`),
  changes: 'Masks that change',
  changesOf: (n: number, all: number) => `${count(n)} of ${count(all)}`,
  others: 'Others that give pixels',
  pixels: 'Pixels',
  pixelsOf: (added: number, removed: number) => `−${px(removed)}, +${px(added)}`,
  area: 'Mean area',
  areaBy: (share: number) =>
    share === 0 ? 'as before' : `${share > 0 ? '+' : '−'}${percent(Math.abs(share), 1)}`,
  acceptedAmong: 'Accepted among them',
  locked: 'Locked, left as they are',
  vanish: (n: number) => `${masks(n)} would lose the last pixel.`,
  keepThem: 'Leave them as they are',
  deleteThem: 'Delete them',
  accepted: 'Accepted masks too',
  oneStep: 'one step to undo',
  clean: (n: number) => `Clean ${masks(n)}`,
  reset: 'Reset',
  nothing: 'Nothing changes with these values.',
  allOff: 'Move a slider or choose who keeps shared pixels to see what it would do.',
  noMasks: 'Select masks, or clean all of a class on this image.',
  cleaned: (n: number, name: string | null) =>
    `${masks(n)}${name === null ? '' : ` of ${name}`} cleaned`,
  undo: 'Undo',
  history: (name: string, n: number) => (n === 1 ? `Clean up ${name}` : `Clean up ${masks(n)}`),
};
