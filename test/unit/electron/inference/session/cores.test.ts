import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { physicalCores, usualThreads } from '../../../../../electron/inference/session/cores.ts';

/** A processor as the kernel of an x86 machine lists it. */
const processor = (id: number, place: number, core: number) =>
  `processor\t: ${id}\nmodel name\t: A processor\nphysical id\t: ${place}\nsiblings\t: 4\ncore id\t\t: ${core}\n`;

describe('threads of a model', () => {
  it('are as many as there are physical cores', () => {
    const pairs = [processor(0, 0, 0), processor(1, 0, 1), processor(2, 0, 0), processor(3, 0, 1)];
    expect(physicalCores(pairs.join('\n'))).toBe(2);
    const packages = [processor(0, 0, 0), processor(1, 1, 0)];
    expect(physicalCores(packages.join('\n'))).toBe(2);
  });

  it('are as many as there are processors where cores have no names', () => {
    expect(
      physicalCores('processor\t: 0\nBogoMIPS\t: 50\n\nprocessor\t: 1\nBogoMIPS\t: 50\n'),
    ).toBe(2);
    expect(physicalCores('')).toBe(0);
  });

  it('never exceed what this process may use', () => {
    const threads = usualThreads(2 ** 30);
    if (process.platform !== 'linux') expect(threads).toBeNull();
    else {
      expect(threads).toBeGreaterThanOrEqual(1);
      expect(threads).toBeLessThanOrEqual(availableParallelism());
    }
  });

  it('leave a core to the edges where the model is small', () => {
    const [large, small] = [usualThreads(2 ** 30), usualThreads(2 ** 20)];
    expect(small).toBe(large === null ? null : Math.max(1, large - 1));
  });
});
