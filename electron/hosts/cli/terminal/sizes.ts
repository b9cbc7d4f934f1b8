// Sizes as people say them.

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Decimal, as disks are sold: 1.2 GB. */
export function sizeWords(bytes: number): string {
  const step = Math.max(
    0,
    Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3)),
  );
  const value = bytes / 1000 ** step;
  return `${value < 10 && step > 0 ? value.toFixed(1) : value.toFixed(0)} ${UNITS[step]}`;
}
