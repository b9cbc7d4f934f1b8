// Which pack fits this computer for photographs, and when one is the first of its kind here.
import type { DeviceSummary, PackSummary } from '../../../../../electron/api/model.ts';
import { FIRST_ENGINE } from '../../../../../electron/api/rules/firstEngine.ts';

/** Only drawn things are known: the first engine runs on the project's pack, others on models of their own. */
export const knowsDrawnOnly = (engine: string | undefined, pack: PackSummary | null): boolean =>
  (engine ?? FIRST_ENGINE) === FIRST_ENGINE && pack?.builtIn === true;

/** Finds masks on photographs; the built-in one knows drawn things only. */
const isForPhotographs = ({ kind, builtIn }: PackSummary): boolean => kind === 'itm' && !builtIn;

/** One that was made unusable later counts as well: getting another would not be the way out. */
const isHere = ({ state }: PackSummary): boolean => state === 'ready' || state === 'broken';

const hasPackForPhotographs = (packs: readonly PackSummary[]): boolean =>
  packs.some((pack) => isForPhotographs(pack) && isHere(pack));

/** A device other than the processor passed its self-test here and was chosen. */
export function hasTestedGpu(summary: DeviceSummary | null): boolean {
  const chosen = summary?.devices.find(({ provider }) => provider === summary.chosen);
  return chosen !== undefined && chosen.provider !== 'cpu' && chosen.works;
}

/**
 * The pack to get for photographs: one whose download was begun, else the catalogue's first with a
 * tested GPU, else the smallest; null = there is one here, or none to get.
 */
export function packToGet(
  packs: readonly PackSummary[],
  devices: DeviceSummary | null,
): PackSummary | null {
  if (hasPackForPhotographs(packs)) return null;
  const offered = packs.filter((pack) => isForPhotographs(pack) && pack.state !== 'byHand');
  const begun = offered.find(({ state }) => state === 'downloading' || state === 'paused');
  if (begun) return begun;
  if (hasTestedGpu(devices)) return offered[0] ?? null;
  return offered.reduce<PackSummary | null>(
    (least, pack) => (least === null || pack.bytes < least.bytes ? pack : least),
    null,
  );
}

/** `pack` is the first for photographs, and nobody has chosen another than the built-in one. */
export function isFirstForPhotographs(
  pack: PackSummary,
  packs: readonly PackSummary[],
  chosenId: string,
): boolean {
  const others = packs.filter(({ id }) => id !== pack.id);
  const chosen = packs.find(({ id }) => id === chosenId);
  return (
    isForPhotographs(pack) &&
    !hasPackForPhotographs(others) &&
    (chosenId === '' || chosen?.builtIn === true)
  );
}

/** "BLIP base" of "BLIP base, COCO": enough where there is one only. */
export const shortName = ({ name }: Pick<PackSummary, 'name'>): string =>
  name.split(',')[0] ?? name;
