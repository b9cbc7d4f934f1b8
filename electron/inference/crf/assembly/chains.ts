// The vertices of one lattice direction as chains of neighbours, for the blur in place.
import { CHAIN_START } from './blur';
import { bilateralStep } from './lattice5';
import { gaussianStep } from './lattice2';
import { findNeighbours, rowCount } from './vertexTable';

/**
 * Writes the chains along `axis`: row numbers u32 from left to right neighbour, the first of a chain with its
 * top bit set; rows without neighbours are left out. Returns how many were written. `listedKeys` and `listedRows` are
 * those of listKeys; `right` and `left` are scratch, u32[rows + 1] each.
 */
export function linkChains(
  dimensions: i32,
  axis: i32,
  chains: usize,
  listedKeys: usize,
  listedRows: usize,
  right: usize,
  left: usize,
): u32 {
  const step = dimensions == 2 ? gaussianStep(axis) : bilateralStep(axis);
  findNeighbours(listedKeys, listedRows, step, right, left);
  const rows = rowCount();
  let to = chains;
  for (let row: u32 = 1; row <= rows; row++) {
    let next = load<u32>(right + ((<usize>row) << 2));
    if (next == 0 || load<u32>(left + ((<usize>row) << 2)) != 0) continue;
    store<u32>(to, row | CHAIN_START);
    to += 4;
    while (next != 0) {
      store<u32>(to, next);
      to += 4;
      next = load<u32>(right + ((<usize>next) << 2));
    }
  }
  return <u32>((to - chains) >> 2);
}
