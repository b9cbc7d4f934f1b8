// How published evaluations ask: words of every class, background words, settings that differ by data set.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  askedFacts,
  askingOf,
  askingOverrides,
} from '../../../../../electron/engine/benchmark/asked/asked.ts';
import { SETS } from '../../../../../electron/engine/benchmark/registry.ts';
import type { SetFacts } from '../../../../../electron/engine/benchmark/set.ts';
import { settingWords } from '../../../../../electron/engine/benchmark/report/settingWords.ts';
import { checkedParams } from '../../../../../electron/engine/prelabel/params.ts';

const FIXTURES = join(import.meta.dirname, '../../../../fixtures/benchmark');
const FOLDERS: Readonly<Record<string, string>> = {
  voc2012: 'voc',
  'voc2012-20': 'voc',
  context60: 'context',
  context59: 'context',
  'coco-object': 'cocoObject',
  'coco-stuff': 'cocoStuff',
};
const factsOf = async (id: string): Promise<SetFacts> => {
  const root = join(FIXTURES, FOLDERS[id] ?? id);
  await using set = await SETS.find((one) => one.id === id)!.open({ root }, {});
  return set.facts;
};
/** A list of 150 names is held by its hash. */
const hashOf = (words: readonly (readonly string[])[]) =>
  createHash('sha256')
    .update(words.map((one) => one.join(',')).join('\n'))
    .digest('hex')
    .slice(0, 16);

describe('words of a published evaluation', () => {
  test.each([
    ['voc2012', 'fd50c95cce80a435'],
    ['voc2012-20', 'fd50c95cce80a435'],
    ['context60', 'cd808465f06a1616'],
    ['context59', 'cd808465f06a1616'],
    ['coco-object', '1d6476e3ef51a577'],
    ['coco-stuff', 'fb98709b9ab1baff'],
    ['ade20k', 'e53ded02c488bdb9'],
    ['cityscapes', '6f6782fc1bf92bfd'],
  ])('of NACLIP on %s are its list', async (id, hash) => {
    const facts = await factsOf(id);
    const { words } = askingOf(facts, 'naclip')!;
    expect(words).toHaveLength(facts.classes.length);
    expect(hashOf(words)).toBe(hash);
  });

  test.each([
    ['voc2012', 'baf64c4d09e39e42'],
    ['context60', '0a04aa6d7424c494'],
    ['coco-object', 'cbe7cdb4da65dc9d'],
    ['ade20k', '391ff90df7d847e0'],
  ])('of CLIP as RNN on %s are its texts as they stand', async (id, hash) => {
    const facts = await factsOf(id);
    const { words } = askingOf(facts, 'car')!;
    expect(words).toHaveLength(facts.classes.length);
    expect(hashOf(words)).toBe(hash);
  });

  test('replace the prompts of the data set and never its names', async () => {
    const facts = await factsOf('voc2012');
    const asked = askedFacts(facts, askingOf(facts, 'car'), false).classes;
    expect(asked[14]).toMatchObject({
      name: 'person',
      prompt: 'person with clothes,people,human',
      synonyms: [],
    });
    const naclip = askedFacts(facts, askingOf(facts, 'naclip'), false).classes;
    expect(naclip[3]).toMatchObject({ name: 'boat', prompt: 'ship', synonyms: [] });
    expect(naclip[14]!.synonyms).toHaveLength(6);
    // PnP-OVSS asks the data set's names; other words only where they are wanted.
    expect(askingOf(facts)).toBeNull();
    expect(askedFacts(facts, null, false).classes[3]).toMatchObject({
      prompt: 'boat',
      synonyms: [],
    });
    expect(askedFacts(facts, null, true)).toBe(facts);
  });
});

describe('settings of a published evaluation', () => {
  const resolved = async (id: string, engine: string, preset: 'reference' | 'pack') => {
    const overrides = askingOverrides(askingOf(await factsOf(id), engine), preset);
    return checkedParams({ preset, engine, overrides }) as unknown as {
      engine: string;
      explain: Record<string, unknown>;
      masks: Parameters<typeof settingWords>[0]['masks'];
    };
  };

  test('of NACLIP: windows, the short side, and a background where label 0 is a class', async () => {
    const voc = await resolved('voc2012', 'naclip', 'reference');
    expect(voc.explain).toMatchObject({ windows: 'off', shortSide: 336 });
    expect(voc.explain['backgroundWords']).toHaveLength(26);
    expect(voc.masks).toMatchObject({ background: 'always', smallestShare: 0.1, pamr: true });
    const context = await resolved('context60', 'naclip', 'reference');
    expect(context.explain).toMatchObject({ windows: 'on', backgroundWords: ['background'] });
    const city = await resolved('cityscapes', 'naclip', 'reference');
    expect(city.explain).toMatchObject({
      windows: 'on',
      windowSide: 224,
      windowStride: 112,
      shortSide: 560,
      backgroundWords: [],
    });
    expect(city.masks.background).toBe('never');
    // Words belong to the data set; figures belong to the published settings.
    const own = await resolved('cityscapes', 'naclip', 'pack');
    expect(own.explain).toMatchObject({ shortSide: 336, backgroundWords: [] });
    expect(settingWords(city)).toBe(
      'last block naclip, reduced, short side 560 px, windows 224 px every 112 px, 0 background words, smallest share 0.1, quick edges, no CRF, background never',
    );
  });

  test.each([
    ['voc2012', 0.6, 0.4, 0.4, ['blur', 'circle']],
    ['coco-object', 0.3, 0.5, 0.5, ['blur', 'gray']],
    ['context60', 0.25, 0.6, 0.4, ['blur', 'circle']],
    ['ade20k', 0.25, 0.6, 0.7, ['blur', 'gray']],
  ] as const)(
    'of CLIP as RNN on %s: confidence %d, thresholds %d and %d, pictures with %j',
    async (id, confidence, maskThreshold, mapThreshold, marks) => {
      const { explain } = await resolved(id, 'car', 'reference');
      expect(explain).toMatchObject({ confidence, maskThreshold, mapThreshold });
      const used = ['blur', 'gray', 'black', 'circle'].filter((mark) => explain[mark] === true);
      expect(used).toEqual(marks);
      expect(explain['backgroundWords']).toHaveLength(23);
      const facts = await factsOf(id);
      expect(facts.confidence).toBe(confidence);
      // Data sets with stuff ask for it in rounds of its own, with other pictures.
      const asking = askingOf(facts, 'car')!;
      expect(asking.differs).toBeNull();
      const { classes } = askedFacts(facts, asking, true);
      const stuff = classes.filter(({ kind }) => kind === 'stuff').map(({ prompt }) => prompt);
      expect(stuff.length).toBe({ context60: 21, ade20k: 25 }[id as string] ?? 0);
      expect(stuff.includes('sky')).toBe(stuff.length > 0);
      expect(explain).toMatchObject({ stuffBlur: true, stuffGray: true, stuffCircle: false });
    },
  );
});
