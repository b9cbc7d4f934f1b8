// Connected parts inside an unpacked window of a mask, where a cut line has changed the pixels.
import type { Crop } from '../runs/window.ts';

/** Labels of the set pixels of a crop: 1..count, 0 = background. 4-connected. */
export function labelCrop(crop: Crop): { labels: Int32Array; count: number } {
  const { width, height, bits } = crop;
  const labels = new Int32Array(width * height);
  const stack: number[] = [];
  let count = 0;
  for (let start = 0; start < bits.length; start += 1) {
    if (bits[start] !== 1 || labels[start] !== 0) continue;
    count += 1;
    labels[start] = count;
    stack.push(start);
    while (stack.length > 0) {
      const at = stack.pop()!;
      const x = at % width;
      const visit = (next: number) => {
        if (bits[next] === 1 && labels[next] === 0) {
          labels[next] = count;
          stack.push(next);
        }
      };
      if (x > 0) visit(at - 1);
      if (x < width - 1) visit(at + 1);
      if (at >= width) visit(at - width);
      if (at < width * (height - 1)) visit(at + width);
    }
  }
  return { labels, count };
}
