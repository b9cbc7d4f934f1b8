// Words of what the engine names and may know more of than the window does: packs of somebody's own and formats of a
// newer engine say their own words.
import type { Output } from '../../../electron/api/methods.ts';
import type { PackSummary } from '../../../electron/api/model.ts';
import { text } from './text.ts';

type Format = Output<'export.formats'>['formats'][number];

export const packPurpose = ({ id, purpose }: Pick<PackSummary, 'id' | 'purpose'>): string =>
  saidOr(text.models.packs.purposes, id, purpose);

/** What is known of a pack that a person fetches. */
export const packNotes = ({ id }: Pick<PackSummary, 'id'>, notes: string): string =>
  saidOr(text.models.packs.notes, id, notes);

export const formatTitle = ({ id, title }: Pick<Format, 'id' | 'title'>): string =>
  saidOr(text.exchange.formats.titles, id, title);

export const formatNote = ({ id, note }: Pick<Format, 'id' | 'note'>): string =>
  saidOr(text.exchange.formats.notes, id, note);

function saidOr(said: { readonly [id: string]: string }, id: string, own: string): string {
  return Object.hasOwn(said, id) ? said[id]! : own;
}
