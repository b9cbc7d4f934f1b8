// The part of the work under way that is stored with its image, in case the window ends now.
import { openPart, workOf, type Leaving } from '../../tools/armed/parking.ts';
import { CAN_PARK } from '../../tools/armed/table.ts';
import type { UnderWay } from '../../tools/armed/underWay.ts';
import type { ToolId, ToolOptions } from '../../tools/types.ts';
import type { Keeping } from './parking.svelte.ts';

/** The part of the state that is kept, by identity; null = there is none. */
export function openPartOf(tool: ToolId, { settled, imageId }: UnderWay<unknown>): unknown {
  return imageId === null || !CAN_PARK.has(tool)
    ? null
    : openPart({ tool, state: settled } as Leaving);
}

/** What would be lost if the window ended now; null = nothing. */
export function keepingOf(
  tool: ToolId,
  { imageId, pinned, settled }: UnderWay<unknown>,
  options: ToolOptions,
): Keeping | null {
  if (imageId === null || !CAN_PARK.has(tool)) return null;
  const work = workOf({ tool, state: settled } as Leaving, options);
  if (!work) return null;
  const needsClass = work.kind !== 'line' && work.kind !== 'outline';
  const categoryId = needsClass ? (pinned?.category?.id ?? null) : null;
  return { imageId, categoryId, targets: pinned?.targets ?? [], work };
}
