// From a row of an export's check to its images: the filter shows those and no others, and the one from before comes back.
import { expect, test } from 'vitest';
import { parseFilter } from '../../../../../electron/api/filter/grammar.ts';
import type { ExportRule, ExportWanted } from '../../../../../electron/api/methods/exchange.ts';
import type {
  AnnotationId,
  Category,
  CategoryId,
  ImageId,
} from '../../../../../electron/api/types.ts';
import { askedOf } from '../../../../../renderer/src/screens/exchange/asked.svelte.ts';
import {
  filterOf,
  isCutShort,
  leaveFor,
  returnTo,
} from '../../../../../renderer/src/screens/exchange/leaving.ts';
import type { App } from '../../../../../renderer/src/state/app.svelte.ts';

const CLASSES = ['cup', 'coffee table', 'a "b"'].map(
  (name, at) => ({ id: (at + 1) as CategoryId, name }) as Category,
);
const ALL: ExportWanted = { only: 'all', categoryIds: [], includeProposals: false };

const row = (rule: ExportRule, places: readonly number[] = [], count = places.length) => ({
  rule,
  count,
  places: places.map((place) => ({
    imageId: (place * 10) as ImageId,
    place,
    annotationId: rule === 'missing' ? null : (`m${place}` as AnnotationId),
  })),
});
const filter = (rule: ExportRule, wanted: Partial<ExportWanted> = {}, places: number[] = [4]) =>
  filterOf(row(rule, places), { ...ALL, ...wanted }, CLASSES);

test('words that say the same as the rule, narrowed as the export is', () => {
  expect(filter('tiny')).toBe('area:<16 is:accepted');
  expect(filter('border', { includeProposals: true })).toBe('is:cut');
  expect(filter('border', { only: 'reviewed' })).toBe('is:cut is:accepted status:reviewed');
  expect(filter('undecided')).toBe('is:proposal status:reviewed');
  const some = { categoryIds: [1, 2, 3] as CategoryId[] };
  expect(filter('tiny', some)).toBe(
    'area:<16 is:accepted class:cup class:"coffee table" class:"a ""b"""',
  );
  for (const { fault } of parseFilter(filter('tiny', some))) expect(fault).toBe(null);
});

test('places where no words say it: other rules, picked images, too many classes', () => {
  expect(filter('overlap', {}, [3, 3, 4, 5, 9])).toBe('#3-5 #9');
  expect(filter('tiny', { imageIds: [1 as ImageId] }, [1, 7])).toBe('#1 #7');
  const many = Array.from({ length: 13 }, (_, n) => ({ id: n as CategoryId, name: `c${n}` }));
  const all = { ...ALL, categoryIds: many.map(({ id }) => id) };
  expect(filterOf(row('tiny', [2]), all, many as Category[])).toBe('#2');
  expect(isCutShort(row('overlap', [1], 90), '#1')).toBe(true);
  expect(isCutShort(row('overlap', [1], 1), '#1')).toBe(false);
  // Words know no end.
  expect(isCutShort(row('tiny', [1], 90), 'area:<16 is:accepted')).toBe(false);
});

function desk(before: string) {
  const done: string[] = [];
  const app = {
    session: { scope: null },
    dialog: 'export' as string | null,
    go: (screen: string) => done.push(screen),
    attempt: (work: () => Promise<void>) => work(),
    images: {
      filterWords: before,
      async setWords(words: string) {
        app.images.filterWords = words;
        done.push(`filter ${words}`);
      },
    },
    async openImage(id: ImageId) {
      done.push(`open ${id}`);
    },
    document: { select: (ids: readonly string[]) => done.push(`select ${ids.join()}`) },
  };
  return { app: app as unknown as App, images: app.images, done };
}

test('the first place is opened under the filter, and coming back brings the filter from before', async () => {
  const { app, images, done } = desk('class:cup');
  await leaveFor(app, row('overlap', [3, 8]), '#3 #8');
  expect([app.dialog, done]).toEqual([null, ['label', 'filter #3 #8', 'open 30', 'select m3']]);
  expect(askedOf(app).left).toEqual({ filter: '#3 #8', before: 'class:cup' });
  await returnTo(app);
  expect([images.filterWords, askedOf(app).left]).toEqual(['class:cup', null]);
  await returnTo(app);
  expect(images.filterWords).toBe('class:cup');
});

test('a filter that was set meanwhile stays', async () => {
  const { app, images } = desk('');
  await leaveFor(app, row('missing', [2]), '#2');
  images.filterWords = 'tag:garage';
  await returnTo(app);
  expect(images.filterWords).toBe('tag:garage');
});
