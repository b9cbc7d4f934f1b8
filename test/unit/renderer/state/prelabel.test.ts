// A threshold being dragged: the picture follows the thumb, and nothing late stands in front of what is saved.
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../../electron/api/methods/method.ts';
import type { CategoryId, ImageId, RunId } from '../../../../electron/api/types.ts';
import type { DocumentState } from '../../../../renderer/src/state/document/document.svelte.ts';
import { Prelabel } from '../../../../renderer/src/state/prelabel.svelte.ts';
import type { Session } from '../../../../renderer/src/state/session/session.svelte.ts';
import { categoryNamed } from '../../../helpers/drivers/toolBench.ts';

/** A session that answers when told to, and a document that remembers what it was shown. */
function bench() {
  const cup = { ...categoryNamed(1, 'cup'), threshold: null };
  const asked: { threshold: number; draft: boolean; answer: () => void }[] = [];
  const shown: string[] = [];
  const run = { runId: 'run' as RunId, classes: [] };
  const document = {
    run,
    flush: async () => {},
    reload: async () => void shown.push('saved'),
    showDraft: () => void shown.push('draft'),
    endDraft: () => void shown.push('end'),
  };
  const session = {
    categories: [cup],
    project: null,
    changeCategories: async () => {},
    setCategories: () => {},
    notices: { end: () => {} },
    call: (_: string, input: { thresholds: Record<CategoryId, number>; draft: boolean }) =>
      new Promise((resolve) =>
        asked.push({
          threshold: input.thresholds[1 as CategoryId]!,
          draft: input.draft,
          answer: () => resolve({ run, proposals: [], milliseconds: 1 }),
        }),
      ),
  };
  const prelabel = new Prelabel(
    session as unknown as Session,
    document as unknown as DocumentState,
  );
  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };
  return { prelabel, cup, asked, shown, settle };
}

describe('threshold', () => {
  it('moves that come while one is on its way wait as one: the newest', async () => {
    const { prelabel, cup, asked, shown, settle } = bench();
    for (const value of [0.1, 0.2, 0.3]) void prelabel.thresholds.preview(cup, value);
    expect(asked.map(({ threshold }) => threshold)).toEqual([0.1]);
    asked[0]!.answer();
    await settle();
    expect(asked.map(({ threshold }) => threshold)).toEqual([0.1, 0.3]);
    asked[1]!.answer();
    await settle();
    expect(shown).toEqual(['draft', 'draft']);
  });

  it('is saved after the last draft has come, and the draft ends', async () => {
    const { prelabel, cup, asked, shown, settle } = bench();
    void prelabel.thresholds.preview(cup, 0.1);
    void prelabel.thresholds.apply(cup, 0.2);
    await settle();
    expect(asked.length).toBe(1);
    asked[0]!.answer();
    await settle();
    expect(asked.map(({ draft }) => draft)).toEqual([true, false]);
    asked[1]!.answer();
    await settle();
    expect(shown).toEqual(['draft', 'saved', 'end']);
  });
});

describe('early matches', () => {
  const [cup, cat] = [1 as CategoryId, 2 as CategoryId];

  /** A run that has told its matches and goes on. */
  function running() {
    const document = {
      image: { id: 1 as ImageId },
      run: { classes: [{ categoryId: cat, match: 0.8, absent: false }] },
      flush: async () => {},
    };
    const session = {
      categories: [categoryNamed(1, 'cup'), categoryNamed(2, 'cat')],
      project: null,
      call: (_: string, __: unknown, options: { onProgress(event: Progress): void }) => {
        options.onProgress({
          stage: 'Pass 2 of 4',
          done: 1,
          total: 4,
          matches: [
            { categoryId: cup, match: 0.9, absent: false },
            { categoryId: cat, match: 0.02, absent: true },
          ],
        });
        return new Promise(() => {});
      },
    };
    const prelabel = new Prelabel(
      session as unknown as Session,
      document as unknown as DocumentState,
    );
    void prelabel.run();
    return { prelabel, document };
  }

  it('say what is absent before there are masks', async () => {
    const { prelabel } = running();
    await expect.poll(() => prelabel.matches.size).toBe(2);
    expect([prelabel.matchOf(cup), prelabel.isAbsent(cup)]).toEqual([0.9, false]);
    expect([prelabel.matchOf(cat), prelabel.isAbsent(cat)]).toEqual([0.02, true]);
  });

  it('are of the image that runs, not of one that was opened meanwhile', async () => {
    const { prelabel, document } = running();
    await expect.poll(() => prelabel.matches.size).toBe(2);
    document.image = { id: 2 as ImageId };
    expect(prelabel.matchOf(cup)).toBeNull();
    expect([prelabel.matchOf(cat), prelabel.isAbsent(cat)]).toEqual([0.8, false]);
  });
});

describe('a run', () => {
  it('waits for a class that is on its way to the project', async () => {
    const asked: string[][] = [];
    const session = {
      categories: [] as ReturnType<typeof categoryNamed>[],
      project: null,
      notices: { end: () => {} },
      call: async (_: string, { classes }: { classes: { name: string }[] }) => {
        asked.push(classes.map(({ name }) => name));
        return { run: { classes: [] }, proposals: [] };
      },
    };
    const document = { image: { id: 1 }, flush: async () => {}, reload: async () => {} };
    const prelabel = new Prelabel(
      session as unknown as Session,
      document as unknown as DocumentState,
    );
    let saved = () => {};
    const named = prelabel.naming(async () => {
      await new Promise<void>((resolve) => (saved = resolve));
      session.categories = [categoryNamed(1, 'cup')];
    });
    await Promise.resolve();
    const run = prelabel.run();
    expect(asked).toEqual([]);
    saved();
    await named;
    await run;
    expect(asked).toEqual([['cup']]);
  });
});

describe('getting ready', () => {
  /** An image that can be changed, and a session that notes what it is asked. */
  function typing() {
    const asked: ImageId[] = [];
    const document = { image: { id: 1 as ImageId }, run: null };
    let refuses = false;
    const session = {
      categories: [],
      project: null,
      call: async (_: string, { imageId }: { imageId: ImageId }) => {
        asked.push(imageId);
        if (refuses) throw new Error('no model is installed');
      },
    };
    const prelabel = new Prelabel(
      session as unknown as Session,
      document as unknown as DocumentState,
    );
    return { prelabel, document, asked, refuse: () => (refuses = true) };
  }

  it('is asked once for an image, however much is typed', () => {
    const { prelabel, document, asked } = typing();
    for (let key = 0; key < 3; key += 1) prelabel.getReady();
    expect(asked).toEqual([1]);
    document.image = { id: 2 as ImageId };
    prelabel.getReady();
    expect(asked).toEqual([1, 2]);
  });

  it('tells nobody that it failed, and is asked again with the next key', async () => {
    const { prelabel, asked, refuse } = typing();
    refuse();
    prelabel.getReady();
    for (let i = 0; i < 5; i += 1) await Promise.resolve();
    prelabel.getReady();
    expect(asked).toEqual([1, 1]);
    expect(prelabel.problem).toBeNull();
  });
});

it('a class that an engine without a match looked for was asked all the same', () => {
  const [cup, cat] = [1 as CategoryId, 2 as CategoryId];
  const of = (match: number | null) =>
    new Prelabel(
      {} as Session,
      { run: { classes: [{ categoryId: cup, match }] } } as unknown as DocumentState,
    );
  expect([of(0.4), of(null)].map((one) => one.wasAsked(cup))).toEqual([true, true]);
  expect(of(null).wasAsked(cat)).toBe(false);
  expect([of(0.4), of(null)].map((one) => one.tellsMatch)).toEqual([true, false]);
});
