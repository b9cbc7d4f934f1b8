// Questions of refinement to a click model: many at once, those of equally many tokens in one decode.
import { joinedFloats } from '../../../../models/joinedFloats.ts';
import type { ClickPrompt } from '../../../api/clicks/clicks.ts';
import type { DecodedMasks } from '../choices.ts';

export interface Question {
  readonly prompt: ClickPrompt;
  /** Logits to start from. */
  readonly start: Float32Array | null;
}

/** Answers in the order of the questions. */
export type Ask = (questions: readonly Question[]) => Promise<DecodedMasks[]>;

/** Several prompts of one shape at once, with the logits to start from one after the other. */
export type DecodeMany = (
  prompts: readonly ClickPrompt[],
  starts: Float32Array | null,
) => Promise<DecodedMasks>;

/** Prompts of one decode: each holds about 20 MiB while the model runs. */
const AT_ONCE = 8;

/** Asks in as few decodes as the shapes of the prompts allow. */
export function inDecodes(decode: DecodeMany): Ask {
  return async (questions) => {
    const answers: DecodedMasks[] = [];
    for (const group of groupsOf(questions)) {
      const asked = group.map((at) => questions[at]!);
      const starts = asked.flatMap(({ start }) => (start ? [start] : []));
      const { logits, iou } = await decode(
        asked.map(({ prompt }) => prompt),
        starts.length === 0 ? null : joinedFloats(starts),
      );
      const [cells, masks] = [logits.length / asked.length, iou.length / asked.length];
      group.forEach((at, place) => {
        answers[at] = {
          logits: logits.subarray(place * cells, (place + 1) * cells),
          iou: iou.subarray(place * masks, (place + 1) * masks),
        };
      });
    }
    return answers;
  };
}

function groupsOf(questions: readonly Question[]): number[][] {
  const groups = new Map<string, number[]>();
  questions.forEach(({ prompt, start }, at) => {
    const shape = `${prompt.points.length} ${prompt.box !== null} ${start !== null}`;
    groups.set(shape, [...(groups.get(shape) ?? []), at]);
  });
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / AT_ONCE) }, (_, chunk) =>
      group.slice(chunk * AT_ONCE, (chunk + 1) * AT_ONCE),
    ),
  );
}
