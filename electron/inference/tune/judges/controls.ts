// A mask and what it is compared with: everything else, and the same shape in other places.
// A mask of the whole image beats neither, so that a larger mask is not a better one by itself.

/** A mask over a grid, row-major, 1 or 0. */
export interface GridMask {
  readonly cells: Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

/** 1 where the mask is 0. */
export function complement({ cells, ...grid }: GridMask): GridMask {
  return { cells: cells.map((cell) => 1 - cell), ...grid };
}

/** The mask moved half way round the grid in both directions. */
export function elsewhere({ cells, rows, columns }: GridMask): GridMask {
  const down = Math.floor(rows / 2);
  const right = Math.floor(columns / 2);
  const moved = new Uint8Array(cells.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      moved[((row + down) % rows) * columns + ((column + right) % columns)] = cells[
        row * columns + column
      ] as number;
  return { cells: moved, rows, columns };
}
