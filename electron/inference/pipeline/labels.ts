// From channel numbers to labels: the look-up table, and the released code's renaming in place,
// whose collisions only the reference preset keeps (method.md 4.13).
import { inBlocks, type Poll } from '../cancel.ts';

/**
 * Labels of a channel map: with a background, channel 0 -> 0 and channel i -> ids[i - 1];
 * without, channel i -> ids[i].
 */
export function labelsByTable(
  channels: Uint8Array,
  ids: readonly number[],
  background: boolean,
  poll?: Poll,
): Uint16Array {
  const table = Uint16Array.from(background ? [0, ...ids] : ids);
  // A plain loop: Uint16Array.from with a function takes thirty times as long.
  const labels = new Uint16Array(channels.length);
  inBlocks(labels.length, poll, (from, to) => {
    for (let at = from; at < to; at++) labels[at] = table[channels[at] as number] as number;
  });
  return labels;
}

/**
 * The same by renaming one channel after the other from the last down. A label that equals a later
 * channel number is renamed again.
 */
export function labelsRenamedInPlace(
  channels: Uint8Array,
  ids: readonly number[],
  background: boolean,
  poll?: Poll,
): Uint16Array {
  const labels = Uint16Array.from(channels);
  for (let i = ids.length - 1; i >= 0; i--) {
    const from = background ? i + 1 : i;
    const to = ids[i] as number;
    inBlocks(labels.length, poll, (first, end) => {
      for (let at = first; at < end; at++) if (labels[at] === from) labels[at] = to;
    });
  }
  return labels;
}
