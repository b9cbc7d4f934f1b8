// By how much a proposal's class leads inside its mask, as a project file keeps it: one JSON column, empty for masks
// that no model made. A file from elsewhere may hold anything there.
import type { Lead } from '../../api/types.ts';
import { storedAs } from './database/storedJson.ts';

/** Throws PROJECT_DAMAGED. */
export function storedLead({ id, lead }: { readonly id: string; readonly lead: string | null }): {
  lead?: Lead;
} {
  return lead === null
    ? {}
    : { lead: storedAs(lead, isLead, `the next class of annotation ${id}`) };
}

function isLead(value: unknown): value is Lead {
  if (typeof value !== 'object' || value === null) return false;
  const { height, rivalId, rivalHeight } = value as { readonly [key: string]: unknown };
  return (
    isShare(height) &&
    isShare(rivalHeight) &&
    (rivalId === null || (Number.isSafeInteger(rivalId) && (rivalId as number) > 0))
  );
}

const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;
