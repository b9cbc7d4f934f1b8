// What was found in corrections, and what became of it: the latest row is the one that counts.
import type { CorrectionFate } from '../../../api/corrections/corrections.ts';
import { storedJson } from '../database/storedJson.ts';
import type { Store } from '../database/store.ts';

export interface FitRow<Fit> {
  readonly id: number;
  /** Finished images there were. */
  readonly images: number;
  readonly state: CorrectionFate;
  readonly fit: Fit;
}

/** The latest, or the latest of a state; null where there is none. */
export function fitRow<Fit>(store: Store, state?: CorrectionFate): FitRow<Fit> | null {
  const row = store.get<FitRow<string>>(
    `SELECT id, images, state, fit FROM correction_fit
     ${state === undefined ? '' : 'WHERE state = ?'} ORDER BY id DESC LIMIT 1`,
    ...(state === undefined ? [] : [state]),
  );
  if (!row) return null;
  return { ...row, fit: storedJson<Fit>(row.fit, 'object', 'what was learned from corrections') };
}

/** Adds a row; rows that nobody decided about go. */
export function addFit(
  store: Store,
  { images, state, fit }: Omit<FitRow<object>, 'id'>,
  at: string,
): void {
  store.transaction(() => {
    store.run("DELETE FROM correction_fit WHERE state IN ('none', 'offered')");
    store.run(
      'INSERT INTO correction_fit(at, images, state, fit) VALUES (?, ?, ?, ?)',
      at,
      images,
      state,
      JSON.stringify(fit),
    );
  });
}

export function updateFit(store: Store, id: number, state: CorrectionFate, fit: object): void {
  store.run(
    'UPDATE correction_fit SET state = ?, fit = ? WHERE id = ?',
    state,
    JSON.stringify(fit),
    id,
  );
}
