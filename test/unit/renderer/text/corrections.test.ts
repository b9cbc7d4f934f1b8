// What is said of corrections: every outcome in its own words, and no offer that promises anything.
import { expect, test } from 'vitest';
import type { LeftOut } from '../../../../electron/api/corrections/corrections.ts';
import { text } from '../../../../renderer/src/text/text.ts';
import { REPORT } from '../../../helpers/standIns/rendererHost/corrections.ts';

const words = text.tune.corrections;

test('an offer tells the evidence and forecasts nothing', () => {
  const edges = [2, -1].flatMap((pixels) =>
    (['thing', 'stuff'] as const).map((kind) => ({ kind, pixels, up: 24, masks: 27 })),
  );
  const offers = [
    words.offer,
    words.evidence(REPORT),
    words.open(REPORT.open),
    words.mustRun(12, 96),
    ...edges.flatMap((found) => [
      words.edges(found),
      words.edgeMasks(found),
      words.edgesUse(found),
    ]),
  ];
  for (const said of offers) expect(said).not.toMatch(/\bwill\b|improve|points|expect|promise/i);
  expect(words.evidence(REPORT)).toContain(
    'better in 7, worse in 2, alike in 3 (mean overlap 84 → 86 %',
  );
  expect(words.open(REPORT.open)).toBe('31 of 96 open images would change.');
  expect(words.edges(edges[0]!)).toBe('You draw things about 2 px wider than proposed');
  expect(words.edgesUse(edges[2]!)).toBe('Shrink proposals by 1 px');
});

test('every reason for no offer, and everyone who has no say, has a sentence of its own', () => {
  const report = { ...REPORT, missing: 3 };
  const reasons = Object.values(words.verdicts).map((say) => say(report));
  const left = (Object.keys(REPORT.leftOut) as (keyof LeftOut)[]).map((key) =>
    words.leftOut[key](4),
  );
  const all = [...reasons, ...left, words.few(3), words.none];
  expect(all.every((said) => said.length > 10)).toBe(true);
  // Fewer images than are needed is told in the same words, before and after a look.
  expect(new Set(all).size).toBe(all.length - 1);
  expect(words.leftOut.noMaps(4)).toBe('4 finished images have no maps any more.');
});
