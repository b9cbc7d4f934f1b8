// Every golden case as a test. Without the full set the small copy in test/fixtures stands in.
import { describe, expect, test } from 'vitest';
import { plainCases, resultLine, runCase } from './goldenFamily.ts';

const { cases, absent } = plainCases();
for (const reason of absent) console.log(`goldens: ${reason}`);

describe('golden cases', () => {
  test('are found by their meta.json', () => {
    expect(cases.length).toBeGreaterThan(0);
  });

  for (const one of cases)
    test(`${one.label} agrees with its recorded values`, async () => {
      const result = await runCase(one);
      const line = resultLine(one, result);
      console.log(line);
      expect(result.passed, line).toBe(true);
    });
});
