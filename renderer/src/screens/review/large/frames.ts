// Maps of a proposal's run for the large view: its passes, their sum, the blurred sum.
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { scorePicture } from '../../../canvas/scoreCanvas.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import type { RunSummary, ScoreMap } from '../../../../../electron/api/run.ts';
import { fetchMaps } from '../../evidence/maps/fetchMaps.ts';
import { filmOf, type EvidenceFrame } from '../../evidence/maps/frames.ts';

const MAP_SIDE = 256;

export interface LargeFrame {
  readonly label: string;
  readonly map: ScoreMap;
  readonly smooth: boolean;
}

/** Maps by the key of their frame. */
export type FrameMaps = ReadonlyMap<string, ScoreMap>;

function wantedOf(run: RunSummary, categoryId: CategoryId): readonly EvidenceFrame[] {
  const { passes, steps } = filmOf(run, categoryId);
  return [...passes, ...steps.filter(({ kind }) => kind === 'sum' || kind === 'blurred')];
}

/** The maps that the run still has. */
export function fetchFrameMaps(
  session: Session,
  run: RunSummary,
  { categoryId, signal }: { readonly categoryId: CategoryId; readonly signal: AbortSignal },
): Promise<FrameMaps> {
  const asked = { run, params: run.params, maxSide: MAP_SIDE };
  return fetchMaps(session, asked, wantedOf(run, categoryId), signal);
}

/** Them in the order of the strip, named in the language of now. */
export const framesOf = (
  run: RunSummary,
  categoryId: CategoryId,
  maps: FrameMaps,
): readonly LargeFrame[] =>
  wantedOf(run, categoryId).flatMap(({ key, label, smooth }) => {
    const map = maps.get(key);
    return map ? [{ label, smooth, map }] : [];
  });

/** Draws a map into a canvas of its own size; CSS stretches it over the picture. */
export function drawMap(map: ScoreMap, opaque: boolean) {
  return (canvas: HTMLCanvasElement) => {
    canvas.width = map.columns;
    canvas.height = map.rows;
    canvas.getContext('2d')?.drawImage(scorePicture(map, { opaque }).canvas, 0, 0);
  };
}
