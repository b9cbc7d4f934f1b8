// How near patches are to each other, as NACLIP adds it to what the last block listens to.

/** [1+N, 1+N]: a Gaussian of the distance in patches; 0 in the class token's row and column. */
export function nearness(rows: number, columns: number, deviation: number): Float32Array {
  const patches = rows * columns;
  const side = 1 + patches;
  const omega = new Float32Array(side * side);
  const fall = (distance: number): number =>
    Math.exp(-(distance * distance) / (2 * deviation ** 2));
  const down = Float64Array.from({ length: rows }, (_, row) => fall(row));
  const across = Float64Array.from({ length: columns }, (_, column) => fall(column));
  for (let from = 0; from < patches; from++) {
    const [row, column] = [Math.floor(from / columns), from % columns];
    for (let to = 0; to < patches; to++)
      omega[(1 + from) * side + 1 + to] =
        (down[Math.abs(row - Math.floor(to / columns))] as number) *
        (across[Math.abs(column - (to % columns))] as number);
  }
  return omega;
}
