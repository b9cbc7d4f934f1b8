// Numbers, sizes and times as each language writes them.
import { afterEach, expect, it } from 'vitest';
import { LANGUAGES, type Language } from '../../../../electron/api/settings.ts';
import { locale } from '../../../../renderer/src/text/languages/locale.svelte.ts';
import {
  bytes,
  clauses,
  clock,
  count,
  counted,
  duration,
  ended,
  fixed,
  headed,
  listed,
  percent,
  roughly,
  sides,
  together,
  when,
  whenInside,
  zoomText,
} from '../../../../renderer/src/text/plural.ts';

afterEach(() => (locale.language = 'en'));

function inEach<Said>(say: () => Said): Partial<Record<Language, Said>> {
  return Object.fromEntries(
    LANGUAGES.map((language) => {
      locale.language = language;
      return [language, say()];
    }),
  );
}

it('thousands and decimals', () => {
  expect(inEach(() => [count(12_310), fixed(0.925, 2), fixed(1234.5, 1)].join(' '))).toEqual({
    en: '12,310 0.93 1234.5',
    de: '12.310 0,93 1234,5',
    fr: '12\u202f310 0,93 1234,5',
    es: '12.310 0,93 1234,5',
    pt: '12.310 0,93 1234,5',
    ja: '12,310 0.93 1234.5',
    zh: '12,310 0.93 1234.5',
  });
});

it('percent: a narrow space that does not break, none in Chinese and Japanese', () => {
  expect(inEach(() => percent(0.973, 1))).toEqual({
    en: '97.3 %',
    de: '97,3\u202f%',
    fr: '97,3\u202f%',
    es: '97,3\u202f%',
    pt: '97,3\u202f%',
    ja: '97.3%',
    zh: '97.3%',
  });
  locale.language = 'en';
  expect([zoomText(1.364), zoomText(0.02), zoomText(64)]).toEqual(['136 %', '2.0 %', '6400 %']);
});

it('plural rules: nothing is one in French and Portuguese', () => {
  expect(inEach(() => [0, 1, 2].map((n) => counted(n, 'one', 'other').slice(2)).join(' '))).toEqual(
    {
      en: 'other one other',
      de: 'other one other',
      fr: 'one one other',
      es: 'other one other',
      pt: 'one one other',
      ja: 'other other other',
      zh: 'other other other',
    },
  );
});

it('times, sizes and lists', () => {
  const all = () => [duration(156_000), duration(920), bytes(1_780_000_000), listed(['a', 'b'])];
  const said = inEach(all);
  expect(said.en).toEqual(['2 min 36 s', '0.92 s', '1.78 GB', 'a, b']);
  expect(said.fr).toEqual(['2\u202fmin 36\u202fs', '0,92\u202fs', '1,78\u202fGo', 'a, b']);
  expect(said.zh).toEqual(['2分36秒', '0.92秒', '1.78 GB', 'a、b']);
  expect(said.ja).toEqual(['2分36秒', '0.92秒', '1.78 GB', 'a、b']);
});

it('what is said together', () => {
  expect(
    inEach(() => [clauses('a', 'b'), headed('a', 'b'), ended('a'), together('a.', '', 'b.')]),
  ).toEqual({
    en: ['a, b', 'a: b', 'a.', 'a. b.'],
    de: ['a, b', 'a: b', 'a.', 'a. b.'],
    fr: ['a, b', 'a\u202f: b', 'a.', 'a. b.'],
    es: ['a, b', 'a: b', 'a.', 'a. b.'],
    pt: ['a, b', 'a: b', 'a.', 'a. b.'],
    ja: ['a、b', 'a: b', 'a。', 'a.b.'],
    zh: ['a，b', 'a：b', 'a。', 'a.b.'],
  });
});

it('days', () => {
  const now = new Date(2026, 10, 20, 15, 0);
  const at = (day: number) => when(new Date(2026, 10, day, 14, 2).toISOString(), now);
  expect(inEach(() => [at(20), at(19), at(3)])).toEqual({
    en: ['Today 14:02', 'Yesterday', '3 Nov'],
    de: ['Heute 14:02', 'Gestern', '3. Nov.'],
    fr: ['Aujourd’hui 14:02', 'Hier', '3 nov.'],
    es: ['Hoy 14:02', 'Ayer', '3 nov'],
    pt: ['Hoje 14:02', 'Ontem', '3 de nov.'],
    ja: ['今日 14:02', '昨日', '11月3日'],
    zh: ['今天 14:02', '昨天', '11月3日'],
  });
  expect(clock(new Date(2026, 10, 20, 9, 2, 31), true)).toBe('09:02:31');
});

it('estimates, no more precise than they are', () => {
  expect(inEach(() => [40, 130, 7800].map(roughly).join(', '))).toEqual({
    en: '40 s, 2 minutes, 2 h 10 min',
    de: '40\u202fs, 2 Minuten, 2\u202fh 10\u202fmin',
    fr: '40\u202fs, 2 minutes, 2\u202fh 10\u202fmin',
    es: '40\u202fs, 2 minutos, 2\u202fh 10\u202fmin',
    pt: '40\u202fs, 2 minutos, 2\u202fh 10\u202fmin',
    ja: '40秒, 2 分, 2時間10分',
    zh: '40秒, 2分钟, 2小时10分',
  });
});

it('sizes and zooms change their unit and their digits at its end', () => {
  expect([0, 400, 1499, 999_499, 1e6, 9_949_999, 1e7, 999_000_000, 1e9].map(bytes)).toEqual([
    '1 KB',
    '1 KB',
    '1 KB',
    '999 KB',
    '1.0 MB',
    '9.9 MB',
    '10 MB',
    '999 MB',
    '1.00 GB',
  ]);
  expect([0.0994, 0.1, 0.104].map(zoomText)).toEqual(['9.9 %', '10 %', '10 %']);
});

it('sides of a box, in whole pixels, with its angle where it is turned', () => {
  const said = (height: number | null, angle: number | null) =>
    sides({ width: 1234.4, height, angle });
  expect(said(80.6, null)).toBe('1,234 × 81 px');
  expect(said(null, null)).toBe('1,234 px');
  expect(said(80.6, 12.34)).toBe('1,234 × 81 px 12.3°');
  expect(said(null, 0)).toBe('1,234 px 0.0°');
});

it('years that are not this one are told', () => {
  const now = new Date(2026, 0, 2, 15, 0);
  expect(when(new Date(2025, 11, 30, 9, 0).toISOString(), now)).toBe('30 Dec 2025');
  expect(whenInside(new Date(2026, 0, 2, 9, 0).toISOString(), now)).toBe('today 09:00');
  expect(whenInside(new Date(2025, 11, 30, 9, 0).toISOString(), now)).toBe('30 Dec 2025');
  expect(when(new Date(2026, 0, 1, 23, 59).toISOString(), now)).toBe('Yesterday');
});

it('times change their unit at its end', () => {
  const ms = [0, 99.4, 100, 9999, 10_000, 59_499, 59_500, 3_599_499, 3_599_500, 7_260_000];
  expect(ms.map(duration)).toEqual([
    '0 ms',
    '99 ms',
    '0.10 s',
    '10.00 s',
    '10 s',
    '59 s',
    '1 min 0 s',
    '59 min 59 s',
    '1 h 0 min',
    '2 h 1 min',
  ]);
  expect([0, 0.4, 59.4, 60, 3569, 3570, 7260].map(roughly)).toEqual([
    '1 s',
    '1 s',
    '59 s',
    '1 minute',
    '59 minutes',
    '1 h 0 min',
    '2 h 1 min',
  ]);
});
