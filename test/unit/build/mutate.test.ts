// Mutants of a file, and which tests speak for it.
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../../build/checks/sources.ts';
import { mutantsOf, mutated } from '../../../build/mutate/mutants.ts';
import type { Asked, Outcome } from '../../../build/mutate/asked.ts';
import { importersOf, isPure, testsOf } from '../../../build/mutate/tests.ts';
import { createJudge } from '../../../build/mutate/verdict.ts';

const texts = (text: string) => mutantsOf('a.ts', text).map((one) => mutated(text, one));

describe('mutants', () => {
  it('change one operator each and nothing else', () => {
    expect(texts('if (a < b && !c) i++;')).toEqual([
      'if (a < b || !c) i++;',
      'if (a <= b && !c) i++;',
      'if (a < b && c) i++;',
      'if (a < b && !c) i--;',
    ]);
    expect(texts('x = -y * 2; z += 1;')).toEqual([
      'x = -y / 2; z += 1;',
      'x = +y * 2; z += 1;',
      'x = -y * 2; z -= 1;',
    ]);
  });

  it('leave types, text and generics alone', () => {
    expect(texts("const a: Map<string, A | B> = f(); const t = 'a' + b + `c`;")).toEqual([]);
    expect(texts('type Step = 1 | -1; const by = -1;')).toEqual([
      'type Step = 1 | -1; const by = +1;',
    ]);
  });

  it('leave a choice between two equal numbers alone', () => {
    const orders = (text: string) =>
      mutantsOf('a.ts', text).filter(({ from }) => /[<>]/.test(from));
    for (const text of [
      'if (a > b) b = a;',
      'if (value < least!) { least = value; }',
      'if (p[at]! >= p[at - 1]!) p[at - 1] = p[at]!;',
      'x = a <= b.c ? b.c : a;',
      'if (x) y(); else if ((a as number) > b) b = a;',
    ])
      expect(orders(text)).toEqual([]);
    for (const text of [
      'if (a > b) b = c;',
      'if (a > b) b = a; else c = 1;',
      'if (a > b && c) b = a;',
      'if (a > b) { b = a; c = 1; }',
      'if (a > b) b += a;',
      'if (f() > b) b = f();',
      'if (p[i++] > b) b = p[i++];',
      'if (p[f()] > b) b = p[f()];',
      'if (a - f() > b) b = a - f();',
      'x = a > b ? 1 : 0;',
      'x = a > b ? a : c;',
      'while (a > b) b = a;',
    ])
      expect(orders(text)).toHaveLength(1);
  });

  it('say the line of the operator', () => {
    expect(
      mutantsOf('a.ts', 'x;\n\ny = a >= b;').map(({ line, from, to }) => [line, from, to]),
    ).toEqual([[3, '>=', '>']]);
  });
});

describe('tests of a file', () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({
    path,
    text: '',
    script: '',
    imports,
    packages: [],
  });

  it('are those that reach it, its own room first, then the nearest', () => {
    const importers = importersOf([
      file('models/ir/a.ts', 'models/ir/b.ts'),
      file('test/unit/electron/x.test.ts', 'models/ir/b.ts'),
      file('test/unit/models/ir/a.test.ts', 'models/ir/a.ts'),
      file('test/e2e/far.test.ts', 'models/ir/b.ts'),
      file('test/unit/other.test.ts', 'models/ops/c.ts'),
    ]);
    expect(testsOf('models/ir/b.ts', importers)).toEqual([
      'test/unit/models/ir/a.test.ts',
      'test/unit/electron/x.test.ts',
    ]);
  });

  it('are asked of pure files alone', () => {
    const pure = file('models/a.ts');
    expect(isPure(pure)).toBe(true);
    expect(isPure({ ...pure, packages: ['node:fs'] })).toBe(false);
    expect(isPure({ ...pure, script: 'document.title' })).toBe(false);
    expect(isPure(file('renderer/src/state/x.svelte.ts'))).toBe(false);
  });
});

describe('a mutant is killed by', () => {
  /** Says what the runner answers, with the mutant and without it. */
  function judged(answer: (asked: Asked, hasMutant: boolean) => Outcome) {
    const leftOut: string[] = [];
    let hasMutant = true;
    const ask = (asked: Asked) => Promise.resolve(answer(asked, hasMutant));
    const judge = createJudge({ ask, close: () => undefined }, (test) => leftOut.push(test));
    const killerOf = (...tests: string[]) =>
      judge.killerOf('a.ts', tests, async (question) => {
        hasMutant = false;
        return question().finally(() => (hasMutant = true));
      });
    return { killerOf, leftOut };
  }
  const passed: Outcome = { failed: null, milliseconds: 5 };
  const failing = (failed: string): Outcome => ({ failed, milliseconds: 5 });

  it('a test that passes without it and fails with it', async () => {
    const { killerOf } = judged(({ tests }, hasMutant) =>
      hasMutant && tests.includes('b') ? failing('b') : passed,
    );
    expect(await killerOf('a', 'b', 'c')).toBe('b');
    expect(await killerOf('a', 'c')).toBeNull();
  });

  it('no test that fails without it, which is not asked again', async () => {
    const asked: string[][] = [];
    const { killerOf, leftOut } = judged(({ tests }) => {
      asked.push([...tests]);
      return tests.includes('bad') ? failing('bad') : passed;
    });
    expect(await killerOf('a', 'bad', 'c')).toBeNull();
    expect(await killerOf('bad')).toBeNull();
    expect(asked).toEqual([['a', 'bad', 'c'], ['bad'], ['c']]);
    expect(leftOut).toEqual(['bad']);
  });

  it('a test that stays silent for far longer than it takes', async () => {
    const { killerOf } = judged((_, hasMutant) => (hasMutant ? { stuck: 'b' } : passed));
    expect(await killerOf('a', 'b')).toBe('b');
  });

  it('no test that is slow by itself', async () => {
    const { killerOf } = judged(({ tests, silenceMs }, hasMutant) =>
      hasMutant && tests.includes('slow') && silenceMs < 60_000
        ? { stuck: 'slow' }
        : { failed: null, milliseconds: 10_000 },
    );
    expect(await killerOf('slow', 'c')).toBeNull();
  });
});
