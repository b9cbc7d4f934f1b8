// What is pasted where: the same class in the same project, the class of the same name in another one.
import { describe, expect, it } from 'vitest';
import type { ProjectId } from '../../../../../electron/api/types.ts';
import { inProject } from '../../../../../renderer/src/screens/label/clipboard.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';
import { categoryNamed, objectOf } from '../../../../helpers/drivers/toolBench.ts';

const A = 'a' as ProjectId;
const B = 'b' as ProjectId;
const copied = {
  projectId: A,
  objects: [
    { object: objectOf('x', 1, draw('#...')), className: 'thing' },
    { object: objectOf('y', 2, draw('.#..')), className: 'Straße' },
  ],
};

describe('copied objects', () => {
  it('keep their class in their own project, also when it was renamed since', () => {
    const { objects, missing } = inProject(copied, A, [categoryNamed(1, 'other name')]);
    expect([objects.map(({ categoryId }) => categoryId), missing]).toEqual([[1, 2], []]);
  });

  it('take the class of the same name in another project, never that of the same number', () => {
    const categories = [
      categoryNamed(1, 'umbrella'),
      categoryNamed(2, 'STRASSE'),
      categoryNamed(3, 'Thing'),
      categoryNamed(4, 'straße'),
    ];
    const { objects, missing } = inProject(copied, B, categories);
    expect([objects.map(({ categoryId }) => categoryId), missing]).toEqual([[3, 4], []]);
  });

  it('name the classes that the other project does not have', () => {
    const { objects, missing } = inProject(copied, B, [categoryNamed(1, 'umbrella')]);
    expect([objects, missing]).toEqual([[], ['thing', 'Straße']]);
  });
});
