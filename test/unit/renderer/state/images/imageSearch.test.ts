// The search line of the image list, and names from a pasted list.
import { describe, expect, it } from 'vitest';
import { namesFrom } from '../../../../../renderer/src/screens/label/classes/classes.ts';
import { shownStatus } from '../../../../../renderer/src/state/images/images.svelte.ts';
import { parseSearch, unknownClass } from '../../../../../renderer/src/state/images/imageSearch.ts';
import { categoryNamed } from '../../../../helpers/drivers/toolBench.ts';

const categories = [categoryNamed(1, 'traffic light'), categoryNamed(2, 'cup')];

describe('search', () => {
  it('mixes a name with class, score and status', () => {
    expect(parseSearch('IMG class:cup score:<0.5 status:rev', categories)).toEqual({
      text: 'IMG',
      categoryIds: [2],
      maxMatch: 0.5,
      status: ['reviewed'],
    });
  });

  it('takes a class of two words in quotes', () => {
    expect(parseSearch('class:"traffic light"', categories)).toEqual({ categoryIds: [1] });
  });

  it('a class nobody has fits no image instead of every image', () => {
    expect(parseSearch('class:zebra', categories)).toEqual({ categoryIds: [] });
    expect(unknownClass('IMG class:cup class:zebra', categories)).toBe('zebra');
    expect(unknownClass('class:"traffic light" status:rev', categories)).toBeNull();
  });

  it('leaves odd words in the name', () => {
    expect(parseSearch('score:high a:b', categories)).toEqual({ text: 'score:high a:b' });
  });

  it('a failed image shows that before its status', () => {
    const image = { problem: 'The file stops.', foundNothing: true, status: 'untouched' } as never;
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
