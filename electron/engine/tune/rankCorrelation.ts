// Spearman's rank correlation: does the reward order the tries as their mIoU does?

/** -1 to 1; equal values share the mean of their ranks. Null for fewer than 3 pairs or no spread. */
export function rankCorrelation(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length || a.length < 3) return null;
  const [x, y] = [ranks(a), ranks(b)];
  const mean = (a.length - 1) / 2;
  let [shared, spreadX, spreadY] = [0, 0, 0];
  x.forEach((rank, at) => {
    const other = y[at] as number;
    // The mean of one side is enough: the other's would add a sum of 0.
    shared += rank * (other - mean);
    spreadX += (rank - mean) ** 2;
    spreadY += (other - mean) ** 2;
  });
  return spreadX === 0 || spreadY === 0 ? null : shared / Math.sqrt(spreadX * spreadY);
}

/** 0-based ranks, ties averaged. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value);
  const found = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && order[to]!.value === order[from]!.value) to++;
    for (let place = from; place < to; place++) found[order[place]!.at] = (from + to - 1) / 2;
    from = to;
  }
  return found;
}
