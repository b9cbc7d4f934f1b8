// Which click model is offered where none is here: the first of the catalogue, the quickest.
import type { PackSummary } from '../../../../../electron/api/model.ts';

/** Null once one is here, or where none is known. */
export function offeredPack(packs: readonly PackSummary[]): PackSummary | null {
  const clicks = packs.filter(({ kind }) => kind === 'segment');
  if (clicks.some(({ state }) => state === 'ready')) return null;
  return clicks.find(({ state }) => state !== 'broken') ?? null;
}
