// Progress of a command in a few lines a second, and its answer.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, throttled } from '../../../../../../electron/hosts/cli/pack/packContext.ts';

describe('progress', () => {
  let now = 0;
  beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => now));
  afterEach(() => void vi.restoreAllMocks());

  function bench() {
    const told: string[] = [];
    now = 1000;
    const tell = throttled(
      { progress: ({ text }: { text: string }) => void told.push(text) } as never,
      ([stage, text]: readonly [string, string]) => ({ stage, text }) as never,
    );
    return {
      told,
      at: (ms: number, stage: string, text: string) => {
        now = 1000 + ms;
        tell([stage, text]);
      },
    };
  }

  it('of one stage is told every tenth of a second, where it says something new', () => {
    const { told, at } = bench();
    at(0, 'fetch', '1 %');
    at(50, 'fetch', '2 %');
    at(99, 'fetch', '3 %');
    at(100, 'fetch', '4 %');
    at(300, 'fetch', '4 %');
    at(301, 'fetch', '5 %');
    expect(told).toEqual(['1 %', '4 %', '5 %']);
  });

  it('of another stage is told at once, unless the words are the same', () => {
    const { told, at } = bench();
    at(0, 'fetch', '99 %');
    at(1, 'verify', 'Verify');
    at(2, 'verify', 'Verify 1');
    at(3, 'end', 'Verify');
    expect(told).toEqual(['99 %', 'Verify']);
  });

  it('is told to nobody where nobody listens', () => {
    const tell = throttled({} as never, () => {
      throw new Error('nothing is to be said');
    });
    expect(() => tell(1)).not.toThrow();
  });
});

it('an answer names the pack and where it is, and what else is known', () => {
  const lines: string[] = [];
  const manifest = { id: 'a', name: 'A', family: 'clip', licence: 'MIT', other: 1 };
  const context = { print: (line: string) => void lines.push(line) };
  expect(answer(context as never, manifest as never, '/p/a', { bytes: 7 })).toBe(0);
  expect(JSON.parse(lines[0]!)).toEqual({
    id: 'a',
    name: 'A',
    family: 'clip',
    licence: 'MIT',
    folder: '/p/a',
    bytes: 7,
  });
});
