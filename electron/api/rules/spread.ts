// Some items of a list spread evenly over it, so that a sample is no run of neighbours and the same every time.

export function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from(
    { length: count },
    (_, at) => list[Math.floor(((at + 0.5) * list.length) / count)]!,
  );
}
