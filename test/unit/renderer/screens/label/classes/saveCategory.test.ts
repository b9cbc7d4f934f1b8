// Saving one class: what is sent, whose key goes, and why it is not saved.
import { expect, test } from 'vitest';
import { AppError } from '../../../../../../electron/api/errors.ts';
import type { CategoryChange } from '../../../../../../electron/api/types.ts';
import { saveCategory } from '../../../../../../renderer/src/screens/label/classes/saveCategory.ts';
import { text } from '../../../../../../renderer/src/text/text.ts';
import { categoryNamed } from '../../../../../helpers/drivers/toolBench.ts';

const cat = { ...categoryNamed(1, 'cat'), hotkey: 1 };
const dog = { ...categoryNamed(2, 'dog'), hotkey: 2 };
const cow = { ...categoryNamed(3, 'cow'), hotkey: null };

function bench(refusal: Error | null = null) {
  const saved: (readonly CategoryChange[])[] = [];
  const session = {
    categories: [cat, dog, cow],
    saveCategories: (changes: readonly CategoryChange[]) => {
      saved.push(changes);
      return refusal ? Promise.reject(refusal) : Promise.resolve();
    },
  };
  const save = (after: object, before = cat) => saveCategory({ session } as never, before, after);
  return { save, saved };
}

test('only what differs is sent, names without blanks around them', async () => {
  const { save, saved } = bench();
  expect(await save({ name: ' kitten ', hotkey: 1 })).toBeNull();
  expect(await save({ name: 'cat' })).toBeNull();
  expect(saved).toEqual([[{ id: 1, before: { name: 'cat' }, after: { name: 'kitten' } }], []]);
});

test("a key goes from the class that had it; no key is nobody's", async () => {
  const { save, saved } = bench();
  await save({ hotkey: 2 });
  await save({ hotkey: null });
  expect(saved).toEqual([
    [
      { id: 1, before: { hotkey: 1 }, after: { hotkey: 2 } },
      { id: 2, before: { hotkey: 2 }, after: { hotkey: null } },
    ],
    [{ id: 1, before: { hotkey: 1 }, after: { hotkey: null } }],
  ]);
});

test('an empty name and that of another class are refused, its own is not', async () => {
  const { save, saved } = bench();
  expect(await save({ name: '  ' })).toBe(text.errors.NAME_TAKEN);
  expect(await save({ name: 'DOG' })).toBe(text.errors.NAME_TAKEN);
  expect(saved).toEqual([]);
  expect(await save({ name: 'Cat' })).toBeNull();
  expect(saved).toHaveLength(1);
});

test('what the engine refuses is said, other faults are not swallowed', async () => {
  const refused = bench(new AppError('CATEGORY_CONFLICT', 'It was changed.'));
  expect(await refused.save({ name: 'tom' })).toBeTypeOf('string');
  await expect(bench(new Error('broken')).save({ name: 'tom' })).rejects.toThrow('broken');
});
