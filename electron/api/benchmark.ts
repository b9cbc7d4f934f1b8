// Scores of a benchmark job, as the window shows them. The full report is a file of its own.

export interface BenchmarkSummary {
  readonly title: string;
  readonly images: number;
  readonly engine: string;
  readonly packName: string;
  readonly classesFrom: string;
  readonly settings: string;
  readonly device: string;
  readonly imagesPerSecond: number;
  /** What must be known before a figure is compared with another one. */
  readonly warnings: readonly string[];
  /** This run in both protocols, the one of the published rows of the method first. 0-1. */
  readonly figures: readonly {
    readonly protocol: 'standard' | 'reference';
    readonly meanIou: number | null;
    readonly objects: number | null;
    readonly pixelAccuracy: number | null;
  }[];
  /** In percent, as published. */
  readonly published: readonly {
    readonly row: string;
    readonly classes: string;
    readonly protocol: 'standard' | 'reference';
    readonly meanIou: number;
  }[];
  /** Best first; null without truth. */
  readonly classes: readonly { readonly name: string; readonly iou: number | null }[];
  /** Address of the report itself for a new tab; null where the host opens it, see `job.openReport`. */
  readonly page: string | null;
}
