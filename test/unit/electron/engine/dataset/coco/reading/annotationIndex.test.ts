// Where annotations of a file lie, image by image, in files larger than the index begins with.
import { describe, expect, test } from 'vitest';
import {
  AnnotationIndex,
  type IndexEntry,
} from '../../../../../../../electron/engine/dataset/coco/reading/annotationIndex.ts';

const entry = (index: number, id = index + 1): IndexEntry => ({
  index,
  id,
  offset: 1000 + 10 * index,
  bytes: 7 + index,
});

describe('an index', () => {
  test('gives the annotations of an image in the order of the file, of 1,000 images too', () => {
    const made = new AnnotationIndex();
    const imageOf = (at: number) => (at * 7) % 1000;
    for (let at = 0; at < 3000; at++) made.add(entry(at), imageOf(at));
    expect(made.length).toBe(3000);
    made.sortByImage();
    for (const image of [0, 1, 7, 500, 999]) {
      const own = [...Array(3000).keys()].filter((at) => imageOf(at) === image);
      expect([...made.ofImage(image)]).toEqual(own.map((at) => entry(at)));
    }
    expect([...made.ofImage(1000)]).toEqual([]);
  });

  test('has none of an image without annotations, and none at all when it is empty', () => {
    const made = new AnnotationIndex();
    made.add(entry(0), 2);
    made.sortByImage();
    expect([0, 1, 2, 3].map((image) => [...made.ofImage(image)].length)).toEqual([0, 0, 1, 0]);
    const empty = new AnnotationIndex();
    empty.sortByImage();
    expect([...empty.ofImage(0)]).toEqual([]);
  });

  test('grows when its 256 rows are full, and not before it has to', () => {
    const made = new AnnotationIndex();
    for (let at = 0; at < 257; at++) made.add(entry(at), 0);
    made.sortByImage();
    expect([...made.ofImage(0)].map(({ index }) => index)).toEqual([...Array(257).keys()]);
  });

  test('hands out those whose image was unknown, once, in the order of the file', () => {
    const made = new AnnotationIndex();
    [0, -1, 1, -1, 0].forEach((image, at) => made.add(entry(at), image));
    expect(made.takeWaiting()).toEqual([entry(1), entry(3)]);
    expect(made.takeWaiting()).toEqual([]);
    expect(made.length).toBe(3);
    made.add(entry(5), 1);
    made.sortByImage();
    expect([...made.ofImage(0)]).toEqual([entry(0), entry(4)]);
    expect([...made.ofImage(1)]).toEqual([entry(2), entry(5)]);
  });

  test('clears ids that were there before in the file; those to be made are no doubles', () => {
    const made = new AnnotationIndex();
    // In another order than that of the file.
    for (const [index, id] of [
      [3, 9],
      [0, 9],
      [1, 0],
      [2, 4],
      [4, 0],
      [5, 9],
      [6, 4],
    ] as const)
      made.add(entry(index, id), 0);
    expect(made.clearDuplicateIds()).toEqual([entry(3, 9), entry(5, 9), entry(6, 4)]);
    made.sortByImage();
    expect([...made.ofImage(0)].map(({ id }) => id)).toEqual([9, 0, 4, 0, 0, 0, 0]);
    expect(made.clearDuplicateIds()).toEqual([]);
  });
});
