// The edges of the parts of a run, asked of a click model: the mask that salience agrees with, or the
// reason why the part stays; and the things of a part, where it may be several.
import type { KeptEdge } from '../../../api/clicks/edges.ts';
import type { Ask } from './ask.ts';
import { depthOf } from './cells.ts';
import { chooseMask, NO_MASK } from './choose.ts';
import type { EdgePiece } from './rate.ts';
import { insideOf, partPrompt, type PartPrompt } from './prompts.ts';
import type { RefineScene } from './scene.ts';
import { thingsOf } from './things.ts';

/** Parts that are asked about together: their masks take about 16 MiB. */
const AT_ONCE = 8;

/** A logit that is sure either way, as steep as a click model's own. */
const SURE = 8;

/** What became of a part: redrawn, split or kept. */
export interface PartEdges {
  /** Empty: the part stays. More than one: the part is that many things. */
  readonly pieces: readonly EdgePiece[];
  /** Why it stays, or what of it no piece covers. */
  readonly kept: KeptEdge;
}

export interface RefineWork {
  readonly ask: Ask;
  /** Whether parts are split into things. */
  readonly split: boolean;
  /** Called after every few parts; may throw to end the work. */
  readonly onDone: (parts: number) => void;
}

/** One answer for each of the scene's parts. */
export async function refineParts(
  scene: RefineScene,
  { ask, split, onDone }: RefineWork,
): Promise<PartEdges[]> {
  const found: PartEdges[] = [];
  for (let first = 0; first < scene.parts.length; first += AT_ONCE) {
    onDone(first);
    const numbers = scene.parts.map((_, number) => number).slice(first, first + AT_ONCE);
    const whole = await wholeParts(scene, numbers, ask);
    for (const [at, number] of numbers.entries()) {
      const { outlineOnly } = scene.classes[scene.parts[number]!.of]!;
      const things = split && !outlineOnly ? await thingsOf(scene, number, ask) : [];
      found.push(things.length > 1 ? { pieces: things, kept: NO_MASK } : whole[at]!);
      onDone(number + 1);
    }
  }
  return found;
}

async function wholeParts(
  scene: RefineScene,
  numbers: readonly number[],
  ask: Ask,
): Promise<PartEdges[]> {
  const prompts = numbers.map((number) => partPrompt(scene, number));
  const asked = prompts.filter((prompt) => prompt !== null);
  // Without and with the salience as a start, in this order: the first wins a tie.
  const answers = await ask([
    ...asked.map(({ prompt }) => ({ prompt, start: null })),
    ...asked.map(({ prompt, start }) => ({ prompt, start })),
  ]);
  const numberOf = new Map(prompts.map((prompt, at) => [prompt, numbers[at]!]));
  const chosen = new Map<PartPrompt | null, EdgePiece | KeptEdge>();
  asked.forEach((prompt, at) => {
    const sets = [answers[at]!, answers[at + asked.length]!];
    chosen.set(prompt, chooseMask(sets, scene, numberOf.get(prompt)!, prompt));
  });
  // A box may mislead where the part is only a piece of the thing: the points alone.
  const again = asked.filter((prompt) => !('logits' in chosen.get(prompt)!));
  const alone = await ask(
    again.map(({ prompt: { points } }) => ({
      prompt: { points: points.filter(({ adds }) => adds), box: null },
      start: null,
    })),
  );
  again.forEach((prompt, at) => {
    const found = chooseMask([alone[at]!], scene, numberOf.get(prompt)!, prompt);
    if ('logits' in found) chosen.set(prompt, found);
  });
  return prompts.map((prompt, at): PartEdges => {
    const found = chosen.get(prompt) ?? NO_MASK;
    const asked = prompt ? { asked: prompt.prompt } : {};
    if (!('logits' in found)) return { pieces: [], kept: { ...found, ...asked } };
    const piece = { ...found, finding: { ...found.finding, ...asked } };
    return { pieces: [outlineMoved(piece, scene, numbers[at]!)], kept: NO_MASK };
  });
}

/**
 * The piece as it is, or within a patch of the part's outline only: stuff is found by salience, and a click
 * model cuts it into things.
 */
function outlineMoved(piece: EdgePiece, scene: RefineScene, number: number): EdgePiece {
  if (!scene.classes[scene.parts[number]!.of]!.outlineOnly) return piece;
  const {
    frame: { low, columns, rows },
    patch,
  } = scene;
  const inside = insideOf(scene, number);
  const outside = inside.map((value) => 1 - value);
  // The image's border is no outline: what lies beside the image goes with what lies at its border.
  const isBeside = (cell: number) => cell % low >= columns || cell >= rows * low;
  const deep = depthOf(
    inside.map((value, cell) => (isBeside(cell) ? 1 : value)),
    low,
    Infinity,
  );
  const far = depthOf(outside, low, Infinity);
  const logits = piece.logits.map((logit, cell) => {
    if (deep[cell]! > patch && inside[cell] === 1) return SURE;
    return far[cell]! > patch ? -SURE : logit;
  });
  return { ...piece, logits };
}
