// The filter as a person meets it: what is offered while they type, what chips say, what is told of mistakes.
import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../../electron/api/filter/grammar.ts';
import { phraseOf } from '../../../../../renderer/src/screens/label/images/filter/chip.ts';
import {
  isHalfAWord,
  suggest,
} from '../../../../../renderer/src/screens/label/images/filter/suggest.ts';
import { troubleIn } from '../../../../../renderer/src/screens/label/images/filter/trouble.ts';
import { namesFrom } from '../../../../../renderer/src/screens/label/classes/classes.ts';
import { shownStatus } from '../../../../../renderer/src/state/images/images.svelte.ts';

const CLASSES = ['palm tree', 'ball', 'balloon'];
const termsOf = (draft: string) => suggest(draft, CLASSES).values.map(({ term }) => term);

describe('suggestions of the filter', () => {
  it('values of the word that is being typed come first', () => {
    expect(suggest('mar', CLASSES)).toMatchObject({ word: 'margin' });
    expect(termsOf('mar').slice(0, 3)).toEqual(['margin:<0.05', 'margin:<0.1', 'margin:0.1-0.3']);
    expect(termsOf('class:bal')).toEqual(['class:ball', 'class:balloon']);
    expect(termsOf('class:pa')).toEqual(['class:"palm tree"']);
    expect(termsOf('is:doubt')).toEqual(['is:doubtful']);
  });

  it('a plain word may be a class, a state or part of the name; a minus stays with it', () => {
    expect(termsOf('ball')).toEqual(['class:ball', 'class:balloon', 'name:ball']);
    expect(termsOf('rev')).toContain('status:reviewed');
    expect(termsOf('-class:ball')).toEqual(['-class:ball', '-class:balloon']);
  });

  it('what goes on being typed is begun with its minus; what is whole begins nothing', () => {
    const begun = (draft: string) =>
      suggest(draft, CLASSES).values.filter(({ begins }) => begins !== undefined);
    expect(begun('margin:')).toMatchObject([{ term: null, begins: 'margin:' }]);
    expect(begun('-margin:')).toMatchObject([{ term: null, begins: '-margin:' }]);
    const [whole] = suggest('-is:doubt', CLASSES).values;
    expect(whole).toEqual({ term: '-is:doubtful', hint: expect.any(String) as string });
    const { others } = suggest('-', CLASSES);
    expect(others).toContainEqual({ label: expect.any(String) as string, begins: '-area:' });
    for (const hidden of ['-batch:', '-outcome:'])
      expect(others.map(({ begins }) => begins)).not.toContain(hidden);
  });

  it('a pattern and places are terms as soon as they are whole', () => {
    expect(['/', '//', '/a', '/a/', '#', '#4', '#x'].map((draft) => termsOf(draft)[0])).toEqual([
      ...[null, null, null, '/a/'],
      ...[null, '#4', null],
    ]);
  });

  it('tags, engines and fields of the project are offered, then values of the field', () => {
    const known = {
      tags: ['garage', 'lamp light'],
      engines: ['Salience', 'Rounds'],
      fields: [
        { kind: 'choice', name: 'Material', needed: false, choices: ['wood', 'very hard paper'] },
        { kind: 'tick', name: 'Closed', needed: false },
      ],
    } as const;
    const terms = (draft: string) => suggest(draft, CLASSES, known).values.map(({ term }) => term);
    expect(terms('tag:')).toEqual(['tag:garage', 'tag:"lamp light"']);
    expect(terms('engine:r')).toEqual(['engine:Rounds']);
    expect(terms('field:mat')).toEqual(['field:Material']);
    expect(terms('field:material=')).toContain('field:"Material=very hard paper"');
    expect(terms('field:closed')).toEqual(['field:closed', 'field:Closed=yes', 'field:Closed=no']);
  });

  it('the list waits while a word is only begun', () => {
    for (const draft of ['', 'm', 'margin', 'margin:', 'class:"', '#', '/bea'])
      expect(isHalfAWord(draft), draft).toBe(true);
    for (const draft of ['beach', 'margin:<0.1', '#12'])
      expect(isHalfAWord(draft), draft).toBe(false);
  });
});

describe('chips of the filter', () => {
  const phrases = (text: string) => parseFilter(text).map(phraseOf);

  it('say in words what was written in signs', () => {
    expect(phrases('margin:<0.05 area:<5% count:=2 size:>4000 match:0.5-0.8')).toEqual([
      'margin under 0.05',
      'area under 5.0 %',
      'count 2',
      'size over 4,000 px',
      'match 0.50 to 0.80',
    ]);
    expect(phrases('-status:inProgress edited:<2026-01-02 #3-9 /x/')).toEqual([
      'not status in progress',
      'edited up to 2026-01-02',
      'images #3–9',
      'pattern /x/',
    ]);
    expect(phrases('field:closed field:"lamp=very big" field:tilt>4 is:talk edge:<0.6')).toEqual([
      'field closed',
      'field lamp very big',
      'field tilt over 4',
      'is needs talk',
      'edge under 0.60',
    ]);
  });

  it('mistakes are told with what would be right, and a class that was probably meant', () => {
    const told = (text: string) => troubleIn(parseFilter(text), CLASSES);
    expect(told('status:reviewed margin:4')).toEqual({
      place: 1,
      message: 'margin is between 0 and 1.',
      offer: null,
    });
    expect(told('class:baloon')).toEqual({
      place: 0,
      message: 'No class is called baloon.',
      offer: 'balloon',
    });
    expect(told('class:zebra')?.offer).toBe(null);
    // Half of the letters may be others, one at least.
    const offered = (text: string) => troubleIn(parseFilter(text), ['lamp'])?.offer;
    expect(['class:limb', 'class:dime', 'class:bump'].map(offered)).toEqual(['lamp', null, 'lamp']);
    expect(told('/a)b/')?.message).toBe('The pattern stops at character 2.');
    expect(told('class:ball is:doubtful')).toBe(null);
  });
});

describe('rows of the image list', () => {
  it('a failed image shows that before its status', () => {
    const image = {
      problem: { code: 'IMAGE_DAMAGED' },
      foundNothing: true,
      status: 'untouched',
    } as never;
    expect(shownStatus(image)).toBe('failed');
  });
});

describe('a pasted list of classes', () => {
  it('takes lines and commas, drops blanks and repeats in any case', () => {
    expect(namesFrom(' cup,saucer\nCup\n\n  traffic   light ;')).toEqual([
      'cup',
      'saucer',
      'traffic light',
    ]);
  });
});
