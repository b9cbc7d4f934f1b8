// The maps of frames, asked of the engine in one question and kept by the frames' keys.
import type { PrelabelParams, RunSummary, ScoreMap } from '../../../../../electron/api/run.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import type { EvidenceFrame } from './frames.ts';

/** Most maps in one question. */
export const MOST_REQUESTS = 200;

export interface MapsAsked {
  readonly run: RunSummary;
  readonly params: PrelabelParams;
  /** Thresholds that are tried; without them the run's own count. */
  readonly thresholds?: { readonly [categoryId: number]: number };
  /** Longest side of a map. */
  readonly maxSide: number;
  /** Fetched ahead of need. */
  readonly ahead?: boolean;
}

/** Frames without a map of their own, and maps that the run has no more, are left out. */
export async function fetchMaps(
  session: Pick<Session, 'call'>,
  { run, ...rest }: MapsAsked,
  frames: readonly EvidenceFrame[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ScoreMap>> {
  const asked = frames.filter((frame) => frame.request !== null).slice(0, MOST_REQUESTS);
  if (asked.length === 0) return new Map();
  const { maps } = await session.call(
    'prelabel.maps',
    { runId: run.runId, ...rest, requests: asked.map((frame) => frame.request!) },
    { signal },
  );
  return keyed(asked, maps);
}

/** Maps by the keys of the frames that they answer, in their order. */
export function keyed(
  frames: readonly EvidenceFrame[],
  maps: readonly ScoreMap[],
): ReadonlyMap<string, ScoreMap> {
  return new Map(
    frames.flatMap((frame, i): [string, ScoreMap][] => (maps[i] ? [[frame.key, maps[i]]] : [])),
  );
}
