// Which image a name in somebody's label file means, and what is told when it is none or several.
import { describe, expect, it } from 'vitest';
import { ImageNames } from '../../../../../electron/engine/dataset/imageNames.ts';
import { pairImages } from '../../../../../electron/engine/dataset/pairing.ts';
import { Problems } from '../../../../../electron/engine/dataset/problems.ts';
import { cpuMsOf } from '../../../../helpers/drivers/loopTurns.ts';

const NFC = 'B\u00e4r.png';
const NFD = 'Ba\u0308r.png';
const names = new ImageNames(['a/x.png', 'b/x.png', 'b/y.png', 'scan\\0001.png', NFD, 'one.jpg']);
const path = (...paths: string[]) => named(names.find({ paths, stems: [] }));
const stem = (...stems: string[]) => named(names.find({ paths: [], stems }));
const named = (found: ReturnType<ImageNames['find']>) =>
  found.kind === 'one' ? found.name : found.kind === 'several' ? found.names : null;

describe('a name with its ending', () => {
  it.each([
    ['the path itself', 'b/x.png', 'b/x.png'],
    ['a dot before it', './a/x.png', 'a/x.png'],
    ['backslashes', 'b\\y.png', 'b/y.png'],
    ['an absolute path', '/srv/data/b/x.png', 'b/x.png'],
    ['a drive', 'C:\\set\\b\\y.png', 'b/y.png'],
    ['parents', '../../tool/media/y.png', 'b/y.png'],
    ['an address', 'https://example.org/files/y.png?token=1', 'b/y.png'],
    ['an address with escapes', 'http://h/B%C3%A4r.png', NFD],
    ['a backslash that is part of the name', 'scan\\0001.png', 'scan\\0001.png'],
    ['slashes for such a backslash', 'scan/0001.png', 'scan\\0001.png'],
    ['the other Unicode form', NFC, NFD],
    ['another case', 'B/Y.PNG', 'b/y.png'],
    ['another ending', 'one.png', 'one.jpg'],
  ])('is found by %s', (_what, wanted, expected) => {
    expect(path(wanted)).toBe(expected);
  });

  it.each(['../', 'a/', '\\', '/./'])(
    'without end costs no more than a long one: %s',
    async (piece) => {
      const long = piece.repeat(20_000_000 / piece.length);
      const ms = await cpuMsOf(() => {
        expect(path(`${long}y.png`)).toBe('b/y.png');
        expect(stem(`${long}y`)).toBe('b/y.png');
      });
      expect(ms).toBeLessThan(500);
    },
  );

  it('that several images have gives them all, and one that none has gives nothing', () => {
    expect(path('x.png')).toEqual(['a/x.png', 'b/x.png']);
    expect(path('c/x.png')).toEqual(['a/x.png', 'b/x.png']);
    expect(path('z.png')).toBeNull();
    expect(path('')).toBeNull();
    expect(path('..')).toBeNull();
  });

  it('prefers the exact name to one without case, and the longer common end', () => {
    const pair = new ImageNames(['a.png', 'A.PNG', 's/t/a.png']);
    expect(named(pair.find({ paths: ['A.PNG'], stems: [] }))).toBe('A.PNG');
    expect(named(pair.find({ paths: ['/data/t/a.png'], stems: [] }))).toBe('s/t/a.png');
    // Of two that differ in case only, the one whose name without ending is the same.
    expect(named(pair.find({ paths: ['A.png'], stems: [] }))).toBe('A.PNG');
  });
});

describe('how sure a find is', () => {
  it('a longer common end in another case goes before the bare name as it is written', () => {
    const mixed = new ImageNames(['q/y.png', 'B/Y.PNG']);
    expect(named(mixed.find({ paths: ['data/b/y.png'], stems: [] }))).toBe('B/Y.PNG');
  });

  it('a label file without a path is no guess when its own name finds the image', () => {
    const found = names.find({ paths: [''], stems: ['one'] });
    expect(found).toMatchObject({ kind: 'one', name: 'one.jpg', isGuess: false });
    const other = names.find({ paths: ['gone.png'], stems: ['one'] });
    expect(other).toMatchObject({ kind: 'one', name: 'one.jpg', isGuess: true });
  });
});

describe('a name without its ending', () => {
  it('is found like one with it, and is several where endings differ only', () => {
    expect(stem('b/y')).toBe('b/y.png');
    expect(stem('labels/b/y')).toBe('b/y.png');
    const twins = new ImageNames(['a.jpg', 'a.png']);
    expect(named(twins.find({ paths: [], stems: ['a'] }))).toEqual(['a.jpg', 'a.png']);
  });

  it('decides where the path names several or nothing', () => {
    expect(named(names.find({ paths: ['x.png'], stems: ['a/x'] }))).toBe('a/x.png');
    const found = names.find({ paths: ['IMG_0001.JPG'], stems: ['one'] });
    expect(found).toMatchObject({ kind: 'one', name: 'one.jpg', isGuess: true });
  });

  it('is passed over where it names nothing', () => {
    expect([stem('', '.'), stem('', 'b/y')]).toEqual([null, 'b/y.png']);
  });
});

describe('labels and images', () => {
  const pair = (...labels: [string, string][]) => {
    const problems = new Problems();
    const found = pairImages(
      labels.map(([label, said]) => ({ label, wanted: { paths: [said], stems: [] } })),
      names,
      problems,
    );
    return { found, told: problems.kept.map(({ path: at, message }) => `${at} ${message}`) };
  };

  it('go together one to one; the better name wins and the other is told', () => {
    const { found, told } = pair(['1', 'q/y.png'], ['2', 'b/y.png']);
    expect(found).toEqual([null, 'b/y.png']);
    expect(told).toEqual(['1 is for "b/y.png", which "2" already describes']);
  });

  it('are told when two would be the same image and neither is surer', () => {
    const { found, told } = pair(['1', 'q/y.png'], ['2', 'r/y.png']);
    expect(found).toEqual([null, null]);
    expect(told).toHaveLength(2);
    expect(told[0]).toMatch(/^1 and "2" would all be for "b\/y\.png"; rename/);
  });

  it('say which image was taken when the folders differ, and what it could have been', () => {
    expect(pair(['1', 'val/y.png']).told).toEqual([
      '1 names "val/y.png", which is not here; taken for "b/y.png"',
    ]);
    expect(pair(['1', 'x.png']).told[0]).toMatch(/could be "a\/x\.png", "b\/x\.png"/);
    expect(pair(['1', 'z.png']).told).toEqual([
      '1 names the image "z.png"; no image here is called that',
    ]);
  });

  it('name five of the images it could be and count the others', () => {
    const toldOf = (count: number) => {
      const problems = new Problems();
      const many = Array.from({ length: count }, (_, at) => `${at}/x.png`);
      const wanted = { paths: ['x.png'], stems: [] };
      pairImages([{ label: '1', wanted }], new ImageNames(many), problems);
      return problems.kept[0]!.message;
    };
    const five = '"0/x.png", "1/x.png", "2/x.png", "3/x.png", "4/x.png"';
    expect(toldOf(5)).toContain(`could be ${five}; give`);
    expect(toldOf(6)).toContain(`could be ${five} and 1 more; give`);
  });
});
