// The `info` object of exported COCO files: what made the masks, for readers years later. The caller gives the
// time; without one, equal runs write equal files.
import type { Json } from '../../../api/types.ts';
import type { JsonObject } from '../types.ts';

export interface ExportOrigin {
  readonly appVersion: string;
  /** Model pack, null for hand-made data sets. */
  readonly model: { readonly id: string; readonly name: string; readonly hash: string } | null;
  readonly preset: string | null;
  /** Category name to the words the model was given. */
  readonly prompts: { readonly [category: string]: string };
  /** ISO 8601; null to leave it out. */
  readonly createdAt: string | null;
  readonly description?: string;
  readonly contributor?: string;
}

/** COCO's own info fields, and one `salience` object with the run. */
export function cocoInfo(origin: ExportOrigin): JsonObject {
  const salience: Record<string, Json> = { version: origin.appVersion };
  if (origin.model) salience['model'] = { ...origin.model };
  if (origin.preset !== null) salience['preset'] = origin.preset;
  if (Object.keys(origin.prompts).length > 0) salience['prompts'] = { ...origin.prompts };
  return {
    description: origin.description ?? '',
    version: '1.0',
    ...(origin.createdAt === null
      ? {}
      : { year: Number(origin.createdAt.slice(0, 4)), date_created: origin.createdAt }),
    contributor: origin.contributor ?? '',
    url: '',
    salience,
  };
}
