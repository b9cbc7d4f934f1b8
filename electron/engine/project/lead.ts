// By how much a proposal's class leads inside its mask, as a project file keeps it: one JSON column, empty for masks
// that no model made. A file from elsewhere may hold anything there.
import * as v from 'valibot';
import type { CategoryId, Lead } from '../../api/types.ts';
import { storedAs } from './database/storedJson.ts';

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

/** As it comes from a window, from a worker or out of a project file. */
export const lead = v.object({
  height: share,
  rivalId: v.nullable(
    v.pipe(
      v.number(),
      v.safeInteger(),
      v.minValue(1),
      v.transform((id) => id as CategoryId),
    ),
  ),
  rivalHeight: share,
});

/** Throws PROJECT_DAMAGED. */
export function storedLead(row: { readonly id: string; readonly lead: string | null }): {
  lead?: Lead;
} {
  return row.lead === null
    ? {}
    : { lead: storedAs(row.lead, isLead, `the next class of annotation ${row.id}`) };
}

const isLead = (value: unknown): value is Lead => v.is(lead, value);
