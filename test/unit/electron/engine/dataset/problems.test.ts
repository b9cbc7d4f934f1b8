// Problems of an import: what is kept, how repairs are told, and the refusal of broken items.
import { describe, expect, it } from 'vitest';
import { Problems } from '../../../../../electron/engine/dataset/problems.ts';

const refusal = (problems: Problems, sound: number | null = null): string => {
  try {
    problems.refuseSkipped('/d/labels.json', sound);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('problems', () => {
  it('keep the first thousand and count all', () => {
    const problems = new Problems();
    for (let at = 0; at < 1001; at++) problems.skip(`$.a[${at}]`, 'is broken');
    for (let at = 0; at < 3; at++) problems.leaveOut(`x${at}.jpg`, 'is not here');
    expect([problems.kept.length, problems.skipped, problems.leftOut]).toEqual([1000, 1001, 3]);
  });

  it('tell a repair of one kind once, with how many more there were', () => {
    const problems = new Problems();
    for (const at of [1, 2, 3]) problems.repair(`$.annotations[${at}].area`, 'was wrong');
    problems.repair('$.annotations[1].bbox', 'was wrong');
    problems.repair('a.json', 'was wrong');
    expect(problems.repaired).toBe(5);
    expect(problems.told().map(({ path, message }) => `${path} ${message}`)).toEqual([
      '$.annotations[1].area was wrong (the same in 2 more)',
      '$.annotations[1].bbox was wrong',
      'a.json was wrong',
    ]);
  });
});

describe('a refusal', () => {
  it('comes only for what is broken', () => {
    const problems = new Problems();
    problems.leaveOut('a.jpg', 'is not here');
    problems.repair('$.a', 'was wrong');
    expect(refusal(problems)).toBe('');
  });

  it('says in one line what is wrong with items of one field', () => {
    const problems = new Problems();
    problems.skip('$.annotations[4].area', 'is text');
    expect(refusal(problems)).toBe(
      '1 item cannot be read; nothing was imported. Repair the file, or import what is sound.\n' +
        '  $.annotations[4].area: is text\n/d/labels.json',
    );
    problems.skip('$.annotations[9].area', 'is text');
    problems.skip('b.xml', 'is empty');
    expect(refusal(problems, 1)).toBe(
      '3 items cannot be read; nothing was imported. Repair the file, or import the 1 that is sound.\n' +
        '  $.annotations[4].area: is text (2 such items)\n  b.xml: is empty\n/d/labels.json',
    );
    expect(refusal(problems, 2)).toContain('the 2 that are sound');
  });

  it('has twenty lines, and counts the rest', () => {
    const problems = new Problems();
    const skip = (from: number, to: number) => {
      for (let at = from; at < to; at++) problems.skip(`${at}.xml`, 'is empty');
    };
    skip(0, 20);
    expect(refusal(problems)).not.toContain('more');
    skip(20, 21);
    problems.leaveOut('a.jpg', 'is not here');
    expect(refusal(problems)).toContain('  19.xml: is empty\n  and 2 more\n');
  });
});
