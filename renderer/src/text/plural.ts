// Numbers, sizes, dates and plurals in the current language.
import type { Language } from '../../../electron/api/settings.ts';
import { locale } from './languages/locale.svelte.ts';

/** A formatter for each language, made when it is first asked for. */
function perLanguage<Made>(make: (tag: string) => Made): () => Made {
  const made = new Map<string, Made>();
  return () => {
    const { tag } = locale;
    let one = made.get(tag);
    if (one === undefined) made.set(tag, (one = make(tag)));
    return one;
  };
}

const rules = perLanguage((tag) => new Intl.PluralRules(tag));
const numbers = perLanguage((tag) => new Intl.NumberFormat(tag));
const days = perLanguage((tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
const minutes = perLanguage(
  (tag) => new Intl.NumberFormat(tag, { style: 'unit', unit: 'minute', unitDisplay: 'long' }),
);
const withDigits = new Map<number, () => Intl.NumberFormat>();

/** English of the window writes the day before the month. */
const dateTag = () => (locale.language === 'en' ? 'en-GB' : locale.tag);

/** What stands between a number and its unit. */
const GAP: Readonly<Record<Language, string>> = {
  en: ' ',
  de: '\u202f',
  fr: '\u202f',
  es: '\u202f',
  pt: '\u202f',
  ja: '',
  zh: '',
};
const unit = (value: string, name: string) => `${value}${GAP[locale.language]}${name}`;
/** Units of letters keep a space even in languages where the percent sign has none. */
const size = (value: string, name: string) => `${value}${GAP[locale.language] || ' '}${name}`;

const TIMES = { ms: 'ms', s: 's', min: 'min', h: 'h' };
const TIMES_OF: { readonly [language in Language]?: typeof TIMES } = {
  ja: { ms: 'ミリ秒', s: '秒', min: '分', h: '時間' },
  zh: { ms: '毫秒', s: '秒', min: '分', h: '小时' },
};
const SIZES = { kilo: 'KB', mega: 'MB', giga: 'GB' };
const SIZES_OF: { readonly [language in Language]?: typeof SIZES } = {
  fr: { kilo: 'ko', mega: 'Mo', giga: 'Go' },
};

/** `2,310`; a thin look at thousands. */
export function count(value: number): string {
  return numbers().format(value);
}

/** `fixed(0.925, 2)` = "0.93", "0,93" where a comma is usual; thousands are not parted. */
export function fixed(value: number, digits: number): string {
  let format = withDigits.get(digits);
  if (format === undefined) {
    format = perLanguage(
      (tag) =>
        new Intl.NumberFormat(tag, {
          minimumFractionDigits: digits,
          maximumFractionDigits: digits,
          useGrouping: false,
        }),
    );
    withDigits.set(digits, format);
  }
  return format().format(Number(value.toFixed(digits)));
}

/** `counted(2, 'image', 'images')` = "2 images". */
export function counted(value: number, one: string, other: string): string {
  return `${count(value)} ${rules().select(value) === 'one' ? one : other}`;
}

/** Share 0-1 as "97 %". */
export function percent(share: number, digits = 0): string {
  return unit(fixed(share * 100, digits), '%');
}

/** A zoom as "136 %", small ones with a digit more. */
export const zoomText = (scale: number) => percent(scale, scale < 0.1 ? 1 : 0);

export interface Sides {
  readonly width: number;
  readonly height: number | null;
  /** Degrees; null = it lies level. */
  readonly angle: number | null;
}

/** "120 × 80 px", with the angle behind it. */
export function sides({ width, height, angle }: Sides): string {
  const whole = (value: number) => count(Math.round(value));
  const size = height === null ? whole(width) : `${whole(width)} × ${whole(height)}`;
  return `${size} px${angle === null ? '' : ` ${fixed(angle, 1)}°`}`;
}

/** Score 0-1 with two digits. */
export function score(value: number): string {
  return fixed(value, 2);
}

/** "2 min 36 s", "0.92 s", "180 ms". */
export function duration(ms: number): string {
  const names = TIMES_OF[locale.language] ?? TIMES;
  if (ms < 100) return unit(String(Math.round(ms)), names.ms);
  if (ms < 10_000) return unit(fixed(ms / 1000, 2), names.s);
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return unit(String(seconds), names.s);
  const whole = Math.floor(seconds / 60);
  return seconds < 3600
    ? both(unit(String(whole), names.min), unit(String(seconds % 60), names.s))
    : both(unit(count(Math.floor(whole / 60)), names.h), unit(String(whole % 60), names.min));
}

/** "40 s", "2 minutes", "2 h 10 min": as precise as an estimate is. */
export function roughly(seconds: number): string {
  const names = TIMES_OF[locale.language] ?? TIMES;
  if (seconds < 60) return unit(String(Math.max(1, Math.round(seconds))), names.s);
  const whole = Math.round(seconds / 60);
  return whole < 60 ? minutes().format(whole) : duration(whole * 60_000);
}

const both = (a: string, b: string) => `${a}${GAP[locale.language] && ' '}${b}`;

/** "1.78 GB" in powers of ten, as download pages count. */
export function bytes(value: number): string {
  const names = SIZES_OF[locale.language] ?? SIZES;
  if (value < 1e6) return size(String(Math.max(1, Math.round(value / 1e3))), names.kilo);
  if (value < 1e9) return size(fixed(value / 1e6, value < 1e7 ? 1 : 0), names.mega);
  return size(fixed(value / 1e9, 2), names.giga);
}

/** "Today 14:02", "Yesterday", "18 Nov", "18 Nov 2025". */
export function when(iso: string, now = new Date()): string {
  const then = new Date(iso);
  const startOf = (date: Date) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const ago = Math.round((startOf(now) - startOf(then)) / 86_400_000);
  if (ago === 0) return `${dayName(0)} ${clock(then)}`;
  if (ago === 1) return dayName(-1);
  return then.toLocaleDateString(dateTag(), {
    day: 'numeric',
    month: 'short',
    ...(then.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  });
}

/** The same within a sentence: "Finished today 14:02". */
export function whenInside(iso: string, now = new Date()): string {
  const said = when(iso, now);
  return said.charAt(0).toLocaleLowerCase(locale.tag) + said.slice(1);
}

/** "14:06"; "14:06:31" with seconds. */
export function clock(time: Date, seconds = false): string {
  return time.toLocaleTimeString(dateTag(), {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
  });
}

/** Names one after the other: "cat, dog". */
export function listed(names: readonly string[]): string {
  return names.join(locale.language === 'ja' || locale.language === 'zh' ? '、' : ', ');
}

const COMMAS: Partial<Record<Language, string>> = { ja: '、', zh: '，' };
const COLONS: Partial<Record<Language, string>> = { fr: '\u202f: ', zh: '：' };

/** What is said of one thing, part after part: "Layer 3, head 2". */
export function clauses(...said: readonly string[]): string {
  return said.join(COMMAS[locale.language] ?? ', ');
}

/** As a sentence of its own, beside another: "3 classes." */
export function ended(said: string): string {
  return `${said}${locale.language === 'ja' || locale.language === 'zh' ? '。' : '.'}`;
}

/** Sentences one after the other; empty ones are left out. */
export function together(...sentences: readonly string[]): string {
  const gap = locale.language === 'ja' || locale.language === 'zh' ? '' : ' ';
  return sentences.filter(Boolean).join(gap);
}

/** A head and what belongs to it, with the colon of the language: "Undo: circle". */
export function headed(head: string, said: string): string {
  return `${head}${COLONS[locale.language] ?? ': '}${said}`;
}

/** "Today", "Yesterday". */
function dayName(ahead: number): string {
  const name = days().format(ahead, 'day');
  return name.charAt(0).toLocaleUpperCase(locale.tag) + name.slice(1);
}
