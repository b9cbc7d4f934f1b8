// Maps of a proposal's run for the large view: its passes, their sum, the blurred sum.
import type { CategoryId } from '../../../../../electron/api/types.ts';
import { scorePicture } from '../../../canvas/scoreCanvas.ts';
import type { Session } from '../../../state/session/session.svelte.ts';
import { text } from '../../../text/text.ts';
import type { ScoreMap } from '../../../../../electron/api/run.ts';
import type { RunSummary } from '../../../../../electron/api/run.ts';
import type { MapRequest } from '../../../../../electron/api/run.ts';

const MAP_SIDE = 256;

export interface LargeFrame {
  readonly label: string;
  readonly map: ScoreMap;
  readonly smooth: boolean;
}

interface Wanted {
  readonly label: string;
  readonly smooth: boolean;
  readonly request: MapRequest;
}

function wantedOf(run: RunSummary, categoryId: CategoryId): readonly Wanted[] {
  const words = text.review.large;
  const upTo = run.passes.length - 1;
  return [
    ...run.passes.map(({ index }) => ({
      label: words.pass(index + 1),
      smooth: false,
      request: { kind: 'pass' as const, categoryId, pass: index, scale: 'pass' as const },
    })),
    { label: words.sum, smooth: false, request: { kind: 'sum', categoryId, upTo } },
    { label: words.blurred, smooth: true, request: { kind: 'blurred', categoryId } },
  ];
}

/** The maps that the run still has, in the order of the strip. */
export async function fetchFrames(
  session: Session,
  run: RunSummary,
  { categoryId, signal }: { readonly categoryId: CategoryId; readonly signal: AbortSignal },
): Promise<readonly LargeFrame[]> {
  const wanted = wantedOf(run, categoryId);
  const { maps } = await session.call(
    'prelabel.maps',
    {
      runId: run.runId,
      params: run.params,
      requests: wanted.map(({ request }) => request),
      maxSide: MAP_SIDE,
    },
    { signal },
  );
  return wanted.flatMap(({ label, smooth }, i) =>
    maps[i] ? [{ label, smooth, map: maps[i] }] : [],
  );
}

/** Draws a map into a canvas of its own size; CSS stretches it over the picture. */
export function drawMap(map: ScoreMap, opaque: boolean) {
  return (canvas: HTMLCanvasElement) => {
    canvas.width = map.columns;
    canvas.height = map.rows;
    canvas.getContext('2d')?.drawImage(scorePicture(map, { opaque }).canvas, 0, 0);
  };
}
