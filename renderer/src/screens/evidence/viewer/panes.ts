// How two panes share the viewer.
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
