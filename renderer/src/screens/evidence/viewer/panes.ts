// How panes share the viewer, and where words stand in one.
interface Size {
  readonly width: number;
  readonly height: number;
}

/** True where the picture gets larger with one pane over the other than side by side. */
export function liesLargerStacked(stage: Size, image: Size): boolean {
  if (image.width === 0) return false;
  const fits = (width: number, height: number) =>
    Math.min(width / image.width, height / image.height);
  return fits(stage.width, stage.height / 2) > fits(stage.width / 2, stage.height);
}

/** Where a read-out of so many lines stands: beside its patch, inside the pane. */
export function besidePatch(
  patch: { readonly x: number; readonly y: number; readonly width: number },
  pane: Size,
  lines: number,
): { x: number; y: number } {
  const right = patch.x + patch.width + 8;
  const flips = right + 156 > pane.width;
  return {
    x: Math.max(4, flips ? patch.x - 158 : right),
    y: Math.max(4, Math.min(patch.y - 8, pane.height - 34 - 19 * lines)),
  };
}
