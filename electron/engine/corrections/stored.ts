// What was found in corrections, what became of it, and how the project stands by it.
import * as v from 'valibot';
import type {
  CorrectionFate,
  CorrectionReport,
  CorrectionState,
  SinceThen,
} from '../../api/corrections/corrections.ts';
import type { PrelabelParams } from '../../api/run.ts';
import type { ImageId } from '../../api/types.ts';
import { LEAST_IMAGES } from '../learn/heldOut.ts';
import type { Project } from '../project/project.ts';
import { countFinished } from '../project/corrections/finished.ts';
import { countOpen } from '../project/corrections/openProposals.ts';
import { addFit, fitRow, updateFit, type FitRow } from '../project/corrections/fits.ts';
import type { Fit } from './fit.ts';
import type { MaskSetting } from './fit/setting.ts';
import type { Change } from './openImages.ts';
import { storedFit } from './storedFit.ts';

export interface StoredFit {
  readonly report: CorrectionReport;
  readonly overrides: Fit['overrides'];
  /** The project's when it was made, as text: after an edit of them it says nothing. */
  readonly params: string;
  /** The settings in use when it was made. */
  readonly before: MaskSetting;
  /** Open images in the order of how much they would change. */
  readonly changes: readonly Change[];
  /** When it was adopted, and the project's parameters before. */
  readonly usedAt?: string;
  readonly previous?: PrelabelParams;
  readonly since?: SinceThen;
}

export type KeptFit = FitRow<StoredFit>;

export const latestFit = ({ store }: Project): KeptFit | null => sound(fitRow(store));

/** The latest that a person decided so. */
export const latestOf = ({ store }: Project, state: 'used' | 'declined'): KeptFit | null =>
  sound(fitRow(store, state));

function sound(row: FitRow<unknown> | null): KeptFit | null {
  if (!row) return null;
  const fit = v.safeParse(storedFit, row.fit);
  return fit.success ? { ...row, fit: fit.output as unknown as StoredFit } : null;
}

/** What was put away is offered again when there are half as many images more. */
const AGAIN = 1.5;

/** Keeps what was found; what nobody decided about before it goes. */
export function keepFit(project: Project, fit: StoredFit): void {
  const images = countFinished(project.store);
  const { verdict } = fit.report;
  const away = latestOf(project, 'declined');
  const silent = away?.fit.report.verdict === verdict && images < AGAIN * away.images;
  const offers = verdict === 'offer' || verdict === 'edges';
  const state: CorrectionFate = offers && !silent ? 'offered' : 'none';
  addFit(project.store, { images, state, fit }, fit.report.at);
}

export const decideFit = (
  { store }: Project,
  { id, fit }: Pick<KeptFit, 'id' | 'fit'>,
  state: CorrectionFate,
): void => updateFit(store, id, state, fit);

/** How the project stands, as the window shows it. */
export function correctionState(
  project: Project,
  params: PrelabelParams,
  running: boolean,
): CorrectionState {
  const fit = latestFit(project);
  const used = latestOf(project, 'used');
  return {
    finished: countFinished(project.store),
    needed: LEAST_IMAGES,
    running,
    report: fit?.fit.report ?? null,
    fate: fit ? fateOf(fit, params) : 'none',
    since: used && isInUse(used.fit, params) ? (used.fit.since ?? null) : null,
    changed: countOpen(project.store, changedImages(project, params)),
  };
}

/** Images by how much the settings in use changed them, the most changed first; none where none are in use. */
export function changedImages(project: Project, params: PrelabelParams): ImageId[] {
  const used = latestOf(project, 'used');
  if (!used || !isInUse(used.fit, params)) return [];
  return used.fit.changes.map(({ imageId }) => imageId);
}

function fateOf({ state, fit }: KeptFit, params: PrelabelParams): CorrectionFate {
  if (state === 'used') return isInUse(fit, params) ? 'used' : 'none';
  // Found for other settings than those in use now.
  return state === 'offered' && !isFor(fit, params) ? 'none' : state;
}

export const isFor = (fit: StoredFit, params: PrelabelParams): boolean =>
  fit.params === JSON.stringify(params);

export const isInUse = ({ overrides }: StoredFit, params: PrelabelParams): boolean =>
  Object.entries(overrides).every(
    ([name, value]) => JSON.stringify(params.overrides[name]) === JSON.stringify(value),
  );
