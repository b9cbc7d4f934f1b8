// Which model an engine would use for each of its roles: one that is here, else the one to get.
import type { EngineInfo, PackSummary, Role } from '../../../../electron/api/model.ts';

export interface Need {
  readonly role: Role;
  readonly optional: boolean;
  /** Null: the catalogue has none of that kind. */
  readonly pack: PackSummary | null;
}

/** The smallest makes maps, the largest other one judges, as the engine process chooses. */
export function needsOf(
  { needs }: Pick<EngineInfo, 'needs'>,
  packs: readonly PackSummary[],
): Need[] {
  let maps: PackSummary | null = null;
  return needs.map(({ role, kind, optional }) => {
    const ofKind = packs
      .filter((pack) => pack.kind === kind && pack.state !== 'broken' && pack.state !== 'byHand')
      .filter(({ bytes }) => role !== 'judge' || bytes > (maps?.bytes ?? 0))
      .sort((a, b) => (role === 'judge' ? b.bytes - a.bytes : a.bytes - b.bytes));
    const pack = ofKind.find(({ state }) => state === 'ready') ?? ofKind[0] ?? null;
    if (role === 'explain') maps = pack;
    return { role, optional, pack };
  });
}

/** What has to be fetched before the engine can run, by its role. */
export const toFetch = (needs: readonly Need[]): { pack: PackSummary; role: Role }[] =>
  needs.flatMap(({ pack, role, optional }) =>
    pack && !optional && pack.state !== 'ready' ? [{ pack, role }] : [],
  );

export const missingOf = (needs: readonly Need[]): PackSummary[] =>
  toFetch(needs).map(({ pack }) => pack);
