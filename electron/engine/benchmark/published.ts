// Rows that were published, with where each comes from. They say how far a run is from them, nothing more:
// rows whose classes come from another source are not comparable.
import type { PublishedRow } from './set.ts';

const row = (
  facts: Pick<PublishedRow, 'row' | 'classes' | 'protocol' | 'meanIou' | 'source'>,
): PublishedRow => ({ ...facts, objects: null, perImage: null });

/** PnP-OVSS as its fourth version has it. */
export const paperRow = (meanIou: number): PublishedRow =>
  row({
    row: 'PnP-OVSS, paper',
    classes: 'GPT-4o lists',
    protocol: 'reference',
    meanIou,
    source: 'arXiv 2311.17095 v4, headline figure as a leaderboard has it',
  });

export const naclipRow = (meanIou: number): PublishedRow =>
  row({
    row: 'NACLIP with PAMR',
    classes: 'all names',
    protocol: 'standard',
    meanIou,
    source: 'the README of NACLIP',
  });

export const carRow = (meanIou: number): PublishedRow =>
  row({
    row: 'CLIP as RNN',
    classes: 'all names, dropped by rounds',
    protocol: 'standard',
    meanIou,
    source: 'leaderboard',
  });

/** The released settings of PnP-OVSS on VOC with perfect lists: their ceiling. */
export const REPRODUCED: PublishedRow = {
  row: 'PnP-OVSS, released settings',
  classes: 'truth of each image',
  protocol: 'reference',
  meanIou: 57.0,
  objects: 55.7,
  perImage: 0.458,
  source: 'reproduction in Luugaaa/poly_ai_project_pnp-ovss, compared at 336 px',
};
