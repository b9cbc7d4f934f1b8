// The filter language: what each spelling means, and what is said of what cannot be understood.
import { describe, expect, it } from 'vitest';
import {
  parseFilter,
  withTerm,
  withoutTerm,
  writeTerm,
} from '../../../../../electron/api/filter/grammar.ts';

const meanings = (text: string) => parseFilter(text).map(({ meaning }) => meaning);
const faults = (text: string) => parseFilter(text).map(({ fault }) => fault);

describe('the filter language', () => {
  it('reads words, choices by their beginning, quotes, places and patterns', () => {
    expect(meanings('class:"palm tree" status:rev #120-180 /beach_\\d+/ holiday')).toEqual([
      { kind: 'text', word: 'class', text: 'palm tree' },
      { kind: 'choice', word: 'status', choice: 'reviewed' },
      { kind: 'places', from: 120, to: 180 },
      { kind: 'pattern', pattern: 'beach_\\d+' },
      { kind: 'text', word: 'name', text: 'holiday' },
    ]);
  });

  it('reads numbers with bounds, percent and pixels; score is an older word for match', () => {
    const bounds = (text: string) => {
      const [meaning] = meanings(text);
      return meaning?.kind === 'bounds' ? [meaning.word, meaning.bounds, meaning.unit] : null;
    };
    expect(bounds('score:<0.5')).toEqual(['match', { from: null, to: 0.5, below: true }, 'plain']);
    expect(bounds('margin:5%-10%')).toEqual(['margin', { from: 0.05, to: 0.1 }, 'plain']);
    expect(bounds('area:<5%')).toEqual(['area', { from: null, to: 0.05, below: true }, 'share']);
    expect(bounds('area:2000px')).toEqual(['area', { from: 2000, to: null }, 'px']);
    expect(bounds('count:=3')).toEqual(['count', { from: 3, to: 3 }, 'plain']);
  });

  it('reads fields of classes with what their value should be', () => {
    const test = (text: string) => {
      const [meaning] = meanings(text);
      return meaning?.kind === 'field' ? meaning.test : null;
    };
    expect(test('field:closed')).toEqual({ name: 'closed', value: null, bounds: null, sign: null });
    expect(test('field:"lamp kind=very big"')).toMatchObject({
      name: 'lamp kind',
      value: 'very big',
      sign: '=',
    });
    expect(test('field:tilt>=4')).toMatchObject({ name: 'tilt', bounds: { from: 4, to: null } });
    expect(test('field:tilt=2-5')).toMatchObject({ bounds: { from: 2, to: 5 }, sign: '=' });
    for (const bad of ['field:', 'field:=4', 'field:tilt>', 'field:tilt>big'])
      expect(faults(bad), bad).toMatchObject([{ kind: 'value', word: 'field' }]);
  });

  it('reads days, a minus and the word not', () => {
    expect(meanings('edited:today')).toEqual([
      { kind: 'days', word: 'edited', days: { from: 'today', to: 'today' } },
    ]);
    expect(meanings('edited:<2026-02-03')).toEqual([
      { kind: 'days', word: 'edited', days: { from: null, to: '2026-02-03' } },
    ]);
    const terms = parseFilter('-class:ball not is:doubtful');
    expect(terms.map(({ not, written }) => [not, written])).toEqual([
      [true, '-class:ball'],
      [true, '-is:doubtful'],
    ]);
  });

  it('says of what cannot be understood which word it is and what stood there', () => {
    expect(faults('margin:2')).toEqual([{ kind: 'value', word: 'margin', written: '2' }]);
    expect(faults('edited:2026-02-31')).toMatchObject([{ kind: 'value', word: 'edited' }]);
    expect(faults('status:nothere')).toMatchObject([{ kind: 'value', written: 'nothere' }]);
    // What is not closed stops at its end.
    expect(faults('/be(ach/')).toEqual([{ kind: 'pattern', at: 6 }]);
    expect(faults('/bea)ch/')).toEqual([{ kind: 'pattern', at: 4 }]);
    // A colon in a name is no word.
    expect(meanings('12:30')).toEqual([{ kind: 'text', word: 'name', text: '12:30' }]);
  });

  it('a piece that patterns of a filter do not know is told by its place', () => {
    expect(faults('/x(?=a)/')).toEqual([{ kind: 'beyond', at: 2 }]);
    expect(faults('/(?<!a)b/')).toEqual([{ kind: 'beyond', at: 1 }]);
    expect(faults(String.raw`/(a)b\1/`)).toEqual([{ kind: 'beyond', at: 5 }]);
    expect(faults(String.raw`/[\p{Script=Greek}]/`)).toEqual([{ kind: 'beyond', at: 1 }]);
    expect(faults('/a{2,1001}/')).toEqual([{ kind: 'beyond', at: 2 }]);
    // The same signs where they stand for themselves, and groups that repeat what repeats.
    for (const known of [
      String.raw`/\(?=/`,
      '/[(?=]/',
      String.raw`/\\1/`,
      '/(a|aa)+(b+)+$/',
      '/a{2,1000}/',
    ])
      expect(faults(known), known).toEqual([null]);
  });

  it('adds and takes away words, each once', () => {
    expect(writeTerm('class', 'palm tree')).toBe('class:"palm tree"');
    expect(withTerm('class:ball', 'status:reviewed')).toBe('class:ball status:reviewed');
    expect(withTerm('class:ball', 'class:ball')).toBe('class:ball');
    expect(withoutTerm('class:ball -is:doubtful beach', 1)).toBe('class:ball beach');
  });

  it('a value with quotation marks is written so that it reads the same', () => {
    for (const name of ['a "b"', '"', '""', 'traffic "light" & sky', '"x', 'x"', 'TV 32"']) {
      const [read, next] = meanings(`${writeTerm('class', name)} is:doubtful`);
      expect(read, name).toEqual({ kind: 'text', word: 'class', text: name });
      expect(next, name).toMatchObject({ choice: 'doubtful' });
    }
    expect(writeTerm('class', 'a "b"')).toBe('class:"a ""b"""');
  });

  it('whatever is typed can be parsed, and what was parsed is written so that it reads the same', () => {
    for (const text of [
      '',
      ' ',
      '"',
      'class:',
      'class:"',
      '/',
      '//',
      '#',
      '#-',
      '-',
      'not',
      'is:"a"b',
    ])
      for (const { written, meaning } of parseFilter(text))
        expect(parseFilter(written)[0]?.meaning).toEqual(meaning);
  });
});
