// Learning from corrections in the small engine: what it says is what a test put there.
import type {
  CorrectionReport,
  CorrectionState,
} from '../../../../electron/api/corrections/corrections.ts';
import { DEFAULT_PARAMS } from '../../../../electron/api/settings.ts';
import type { HostState, Typed } from './state.ts';

export const NOTHING_LEARNED: CorrectionState = {
  finished: 0,
  needed: 8,
  report: null,
  fate: 'none',
  running: false,
  since: null,
  changed: 0,
};

/** As found on twelve finished images. */
export const REPORT: CorrectionReport = {
  at: '2026-11-30T09:00:00.000Z',
  verdict: 'offer',
  harder: false,
  images: 12,
  missing: 0,
  up: 7,
  down: 2,
  alike: 3,
  now: 0.84,
  then: 0.861,
  error: 0.012,
  stable: 0.75,
  tried: 41,
  changes: [
    { knob: 'things', now: 0.2, then: 0.1 },
    { knob: 'rule', now: 'grey', then: 'constant' },
  ],
  edges: null,
  open: { images: 96, looked: 96, changed: 31, withoutMaps: 0 },
  leftOut: {
    noRun: 0,
    noMaps: 4,
    otherModel: 1,
    otherRun: 0,
    otherFile: 0,
    nothing: 0,
    copies: 0,
    older: 0,
  },
  again: { images: 0, ms: 0 },
  weak: [],
};

export function correctionHandlers(
  state: HostState,
  changed: () => void,
): Pick<Typed, Extract<keyof Typed, `corrections.${string}`>> {
  const decide = (fate: CorrectionState['fate']) => {
    state.corrections = { ...state.corrections, fate };
    changed();
  };
  return {
    'corrections.state': () => state.corrections,
    'corrections.compare': () => {
      state.corrections = { ...state.corrections, report: REPORT, fate: 'offered' };
      return state.corrections;
    },
    'corrections.pairs': ({ cursor, limit }) => {
      const [image] = state.images;
      const masks = [...(state.documents.get(image!.id)?.values() ?? [])].map(
        ({ categoryId, mask }) => ({ categoryId, mask }),
      );
      const pairs = state.images.map(({ id, name, width, height }, at) => ({
        imageId: id,
        name,
        width,
        height,
        change: 1 / (at + 2),
        url: `/media/scaled/any/${id}`,
        before: masks,
        after: masks.slice(1),
      }));
      return { total: pairs.length, pairs: pairs.slice(cursor, cursor + limit) };
    },
    'corrections.use': () => {
      decide('used');
      return { changed: 31, vanished: 2, unchanged: 60, withoutMaps: 0, params: DEFAULT_PARAMS };
    },
    'corrections.decline': () => {
      decide('declined');
      return state.corrections;
    },
  };
}
