// Ellipses as the published program draws them: polygons whose sides step along their longer axis.
import { expect, it } from 'vitest';
import {
  drawEllipse,
  type Ellipse,
} from '../../../../../../../electron/inference/engines/rounds/judging/ellipse.ts';

function drawn(width: number, height: number, ellipse: Ellipse): string[] {
  const rgb = new Uint8Array(width * height * 3);
  drawEllipse({ width, height, rgb }, ellipse, [7, 8, 9]);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const pixel = rgb.subarray(3 * (y * width + x), 3 * (y * width + x) + 3).join();
      return pixel === '7,8,9' ? '#' : pixel === '0,0,0' ? '.' : '?';
    }).join(''),
  );
}

it.each<[string, number, number, Ellipse, string[]]>([
  [
    'a corner at every quarter where it is small',
    7,
    7,
    { centreX: 3, centreY: 3, across: 2, down: 2 },
    ['.......', '...#...', '..#.#..', '.#...#.', '..#.#..', '...#...', '.......'],
  ],
  [
    'at every twelfth up to nine pixels',
    11,
    9,
    { centreX: 5, centreY: 4, across: 4, down: 3 },
    [
      '...........',
      '...#####...',
      '...#....#..',
      '..#.....#..',
      '.#.......#.',
      '.#.......#.',
      '..##....#..',
      '...#####...',
      '...........',
    ],
  ],
  [
    'at every twentieth up to fourteen',
    27,
    13,
    { centreX: 13, centreY: 6, across: 12, down: 4 },
    [
      '...........................',
      '...........................',
      '........###########........',
      '....####...........####....',
      '...#...................##..',
      '..#.....................#..',
      '.#.......................#.',
      '.##.....................##.',
      '...#...................##..',
      '....####...........####....',
      '........###########........',
      '...........................',
      '...........................',
    ],
  ],
  [
    'at every five degrees from there on',
    33,
    13,
    { centreX: 16, centreY: 6, across: 15, down: 5 },
    [
      '.................................',
      '..........#############..........',
      '.....#####.............#####.....',
      '....##.....................##....',
      '..##.........................##..',
      '.##...........................##.',
      '.#.............................#.',
      '.##...........................##.',
      '..#...........................#..',
      '...###.....................###...',
      '.....#####.............#####.....',
      '..........#############..........',
      '.................................',
    ],
  ],
  [
    'what lies left of the image and below it is cut off',
    10,
    8,
    { centreX: 2, centreY: 6, across: 5, down: 4 },
    [
      '..........',
      '..........',
      '#####.....',
      '.....##...',
      '......#...',
      '.......#..',
      '.......#..',
      '.......#..',
    ],
  ],
  [
    'and right of it and above',
    10,
    8,
    { centreX: 8, centreY: 1, across: 5, down: 4 },
    [
      '...#......',
      '...#......',
      '...#......',
      '....#.....',
      '.....##...',
      '.......###',
      '..........',
      '..........',
    ],
  ],
  [
    'one without extent is a pixel',
    5,
    5,
    { centreX: 2, centreY: 2, across: 0, down: 0 },
    ['.....', '.....', '..#..', '.....', '.....'],
  ],
])('%s', (_, width, height, ellipse, picture) => {
  expect(drawn(width, height, ellipse)).toEqual(picture);
});

it('one that lies around the image leaves it as it is', () => {
  expect(drawn(6, 6, { centreX: 2, centreY: 2, across: 9, down: 9 })).toEqual(
    Array(6).fill('......'),
  );
});
