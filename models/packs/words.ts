// Sizes and percentages as text.

/** Decimal, as disks and downloads are labelled: 3.00 TB, 1.78 GB, 895 MB, 12 kB, 40 B. */
export function bytesInWords(bytes: number): string {
  const steps = [
    [1e12, 'TB', 2],
    [1e9, 'GB', 2],
    [1e6, 'MB', 0],
    [1e3, 'kB', 0],
  ] as const;
  for (const [unit, name, digits] of steps) {
    // 999.6 MB would be shown as "1000 MB".
    const shown = (bytes / unit).toFixed(digits);
    if (Number(shown) >= 1) return `${shown} ${name}`;
  }
  return `${bytes} B`;
}

/** Whole percent of `part` in `whole`; 100 only when nothing is missing. */
export function percentInWords(part: number, whole: number): string {
  if (whole <= 0) return '0 %';
  return `${Math.floor((100 * Math.min(part, whole)) / whole)} %`;
}
