// Colours given to new classes: 24 that stay apart for every colour vision (design.md, section 4).
// Class 25 onward repeats the list; the number on the swatch tells them apart.

const CLASS_COLORS = [
  '#7ba3f6', // sky
  '#f0ec52', // lemon
  '#e86494', // rose
  '#1d7a65', // pine
  '#7745fa', // violet
  '#8ce9f3', // ice
  '#d42515', // red
  '#d9a673', // sand
  '#4ab400', // leaf
  '#865582', // plum
  '#ade9b8', // mint
  '#6c8c52', // moss
  '#7879b5', // slate
  '#a3d048', // lime
  '#b14f69', // berry
  '#ca8377', // clay
  '#955544', // brick
  '#fab2ce', // blush
  '#4aaaa6', // lagoon
  '#56cb98', // jade
  '#256bb1', // ocean
  '#d1ade8', // lilac
  '#567506', // olive
  '#9d6fe3', // iris
] as const;

/** `#rrggbb` of the class at `index`, from 0. */
export function classColor(index: number): string {
  return CLASS_COLORS[index % CLASS_COLORS.length]!;
}
