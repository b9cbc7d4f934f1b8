// Counting in sentences: plural rules, numbers, sizes and times as the interface writes them.

const rules = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat('en');

/** `2,310`; a thin look at thousands. */
export function count(value: number): string {
  return numbers.format(value);
}

/** `count(2, 'image', 'images')` = "2 images". */
export function counted(value: number, one: string, other: string): string {
  return `${count(value)} ${rules.select(value) === 'one' ? one : other}`;
}

/** Share 0-1 as "97 %". */
export function percent(share: number, digits = 0): string {
  return `${(share * 100).toFixed(digits)} %`;
}

/** Score 0-1 with two digits. */
export function score(value: number): string {
  return value.toFixed(2);
}

/** "2 min 36 s", "0.92 s", "180 ms". */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** "1.78 GB" in powers of ten, as download pages count. */
export function bytes(value: number): string {
  if (value < 1e6) return `${Math.max(1, Math.round(value / 1e3))} KB`;
  if (value < 1e9) return `${(value / 1e6).toFixed(value < 1e7 ? 1 : 0)} MB`;
  return `${(value / 1e9).toFixed(2)} GB`;
}

/** "Today 14:02", "Yesterday", "18 Nov", "18 Nov 2025". */
export function when(iso: string, now = new Date()): string {
  const then = new Date(iso);
  const startOf = (date: Date) =>
    new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((startOf(now) - startOf(then)) / 86_400_000);
  if (days === 0) return `Today ${clock(then)}`;
  if (days === 1) return 'Yesterday';
  const month = then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return then.getFullYear() === now.getFullYear() ? month : `${month} ${then.getFullYear()}`;
}

/** "14:06". */
export function clock(time: Date): string {
  return time.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
}
