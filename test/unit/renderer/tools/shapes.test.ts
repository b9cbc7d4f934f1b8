// What a drawn shape does: a new object, more of the selected one or less of it, around what is protected.
import { describe, expect, it } from 'vitest';
import type { RleMask } from '../../../../electron/api/types.ts';
import { useShape } from '../../../../renderer/src/tools/shapes.ts';
import type { ToolContext } from '../../../../renderer/src/tools/types.ts';
import { rowsOf } from '../../../helpers/fixtures/maskText.ts';
import { draw } from '../../../helpers/fixtures/masks.ts';
import { categoryNamed, objectOf } from '../../../helpers/drivers/toolBench.ts';

const own = objectOf('own', 1, draw('##..', '....'), { z: 1 });
const other = objectOf('other', 2, draw('...#', '...#'), { z: 2 });
const shape = draw('.###', '....');

function used(mode: 'new' | 'add' | 'cut', more: object = {}, given: RleMask = shape) {
  const context = {
    selected: [own],
    objects: [own, other],
    image: { width: 4, height: 2 },
    options: { protect: false },
    category: categoryNamed(1, 'cat'),
    newId: () => 'new',
    nameOf: () => 'cat',
    ...more,
  } as unknown as ToolContext;
  const { transaction, note, selection } = useShape('idle', given, mode, context);
  const [change] = transaction?.changes ?? [];
  return {
    note: note?.kind,
    selection,
    count: transaction?.changes.length,
    before: change?.before && rowsOf(change.before.mask),
    after: change?.after && rowsOf(change.after.mask),
  };
}

describe('a shape', () => {
  it('is a new object of the class at hand, whatever is selected', () => {
    expect(used('new')).toMatchObject({ after: rowsOf(shape), selection: ['new'], count: 1 });
    expect(used('new').before).toBeFalsy();
    expect(used('new', { category: null })).toMatchObject({ note: 'noClass' });
    expect(used('new', {}, draw('....', '....'))).toMatchObject({ note: 'nothing' });
  });

  it('is added to the selected object, or cut from it', () => {
    expect(used('add')).toMatchObject({ before: ['##..', '....'], after: ['####', '....'] });
    expect(used('cut')).toMatchObject({ before: ['##..', '....'], after: ['#...', '....'] });
    expect(used('add', {}, draw('#...', '....'))).toMatchObject({ note: 'nothing' });
    expect(used('cut', {}, draw('...#', '....'))).toMatchObject({ note: 'nothing' });
  });

  it('without a free selected object adds a new one, and cuts nothing', () => {
    for (const selected of [[], [{ ...own, locked: true }]]) {
      expect(used('add', { selected })).toMatchObject({ after: rowsOf(shape), selection: ['new'] });
      expect(used('cut', { selected })).toMatchObject({ note: 'nothing' });
    }
    const both = [{ ...other, locked: true }, own];
    expect(used('add', { selected: both })).toMatchObject({ after: ['####', '....'] });
  });

  it('leaves other classes their pixels where they are protected; cutting needs no protection', () => {
    const options = { protect: true };
    expect(used('new', { options })).toMatchObject({ after: ['.##.', '....'] });
    expect(used('add', { options })).toMatchObject({ after: ['###.', '....'] });
    expect(used('new', { options, objects: [own] })).toMatchObject({ after: rowsOf(shape) });
    expect(used('new', { options }, draw('...#', '....'))).toMatchObject({ note: 'nothing' });
    expect(used('cut', { options, selected: [own] }, draw('##.#', '....')).after).toBeFalsy();
  });
});
