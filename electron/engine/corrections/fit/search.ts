// The search for a setting that fits masks of images better: a few moves from the setting in use, each of which
// must earn its price. The price is a prior: it fades as images are added, and did more than any gate.
import { average } from '../../learn/heldOut.ts';
import { keyOf, moves, octaves, type Knob, type MaskSetting, type Room } from './setting.ts';

/** Gain that a doubling must earn, times images. */
export const PRICE = 0.2;
const MOST_STEPS = 3;
const LEAST_STEP = 1e-4;
/** One collapsed mask must not decide for ten images. */
const MOST_GAIN = 0.1;

/** Values of settings on images, made when they are first asked for. */
export interface Table {
  readonly images: number;
  /** Sees to it that `value` knows these settings on all images. */
  know(settings: readonly MaskSetting[]): Promise<void>;
  /** Mean overlap of an image's judged classes, 0-1. */
  value(image: number, setting: MaskSetting): number;
}

export interface Searched {
  readonly table: Table;
  readonly now: MaskSetting;
  readonly room: Room;
  readonly price: number;
}

export function gainOf({ table, now }: Searched, image: number, setting: MaskSetting): number {
  const gain = table.value(image, setting) - table.value(image, now);
  return Math.max(-MOST_GAIN, Math.min(MOST_GAIN, gain));
}

/** The setting that pays best on `images`; the one in use where none pays. */
export async function search(searched: Searched, images: readonly number[]): Promise<MaskSetting> {
  const { table, now, room, price } = searched;
  // Rounded: sums in another order differ in their last bits, and must not choose.
  const gain = (setting: MaskSetting) =>
    rounded(average(images.map((image) => gainOf(searched, image, setting))));
  const worth = (setting: MaskSetting) =>
    rounded(gain(setting) - (price * octaves(setting, now)) / images.length);
  await table.know([now]);
  let [best, most] = [now, 0];
  let promising: readonly MaskSetting[] | null = null;
  for (let step = 0; step < MOST_STEPS; step++) {
    const tried = moves(best, now, room).filter((move) =>
      isPromising(move, { from: best, now }, promising),
    );
    await table.know(tried);
    promising ??= tried.filter((setting) => gain(setting) > 0);
    // Sorting keeps the table's order among equals.
    const [next] = tried
      .map((setting) => ({ setting, worth: worth(setting), far: octaves(setting, now) }))
      .sort((a, b) => b.worth - a.worth || a.far - b.far);
    if (!next || next.worth <= most + LEAST_STEP) break;
    [best, most] = [next.setting, next.worth];
  }
  return best;
}

/**
 * Whether a move is worth a try on top of others: it gained by itself, goes back, or follows another rule, under which
 * thresholds mean something else.
 */
function isPromising(
  move: MaskSetting,
  { from, now }: { readonly from: MaskSetting; readonly now: MaskSetting },
  promising: readonly MaskSetting[] | null,
): boolean {
  if (!promising) return true;
  const moved = (Object.keys(move) as Knob[]).find((knob) => move[knob] !== from[knob]);
  if (moved === undefined) return false;
  const cuts = moved === 'things' || moved === 'stuff';
  if (cuts && from.rule !== now.rule) return true;
  return move[moved] === now[moved] || promising.some((one) => one[moved] === move[moved]);
}

const rounded = (value: number): number => Math.round(value * 1e9) / 1e9;

export interface Judged {
  /** By image: what it gained under the setting that the others chose. */
  readonly gains: readonly number[];
  /** Share of the choices that are the one of all images. */
  readonly stable: number;
}

/** Each image judged by a choice that it had no say in; `parts` are left out together. */
export async function judgeHeldOut(
  searched: Searched,
  parts: readonly (readonly number[])[],
  chosen: MaskSetting,
): Promise<Judged> {
  const all = parts.flat();
  const gains: number[] = [];
  let same = 0;
  for (const part of parts) {
    const others = all.filter((image) => !part.includes(image));
    const choice = await search(searched, others);
    if (keyOf(choice) === keyOf(chosen)) same++;
    for (const image of part) gains[image] = gainOf(searched, image, choice);
  }
  return { gains, stable: parts.length === 0 ? 0 : same / parts.length };
}

/** Above so many images, tenths of them are left out together. */
const MOST_ALONE = 25;
const PARTS = 10;

/** Who is left out with whom: one by one, or by the rank of the files' hashes. */
export function partsOf(hashes: readonly string[]): number[][] {
  const all = hashes.map((_, image) => image);
  if (all.length <= MOST_ALONE) return all.map((image) => [image]);
  // By rank, so that no part is empty, whatever the hashes are.
  const ranked = [...all].sort((a, b) => hashes[a]!.localeCompare(hashes[b]!));
  return Array.from({ length: PARTS }, (_, part) =>
    ranked.filter((_image, rank) => rank % PARTS === part),
  );
}
