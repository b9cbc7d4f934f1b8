// Names of the attentions that can be explained, as a family counts its layers.

/** "layer 1", "layer 2": a model whose every layer reads the image. */
export const everyLayer = (layers: number): string[] =>
  Array.from({ length: layers }, (_, index) => `layer ${index + 1}`);

/** "text layer 7 of 12": some of a tower's layers; `indices` count from 0. */
export const someLayers = (tower: string, indices: readonly number[], all: number): string[] =>
  indices.map((index) => `${tower} layer ${index + 1} of ${all}`);
