// Refinement in the session thread: the image is read once, then the click model is asked about parts;
// interactive work goes first between two runs of the model.
import { throwIfCancelled } from '../../cancel.ts';
import { borrowing } from '../../shelf/shelf.ts';
import type { SessionShelves } from '../../shelves.ts';
import type { RefineInput } from '../../tasks.ts';
import type { TaskCall } from '../../threads/threadTask.ts';
import { clickPixels } from '../clickImage.ts';
import { nameOf } from '../clicks.ts';
import { modelPrompt } from '../modelPrompt.ts';
import { inDecodes } from './ask.ts';
import type { CellFrame } from './cells.ts';
import { refineParts, type PartEdges } from './refineParts.ts';

/** A logit that no cut makes part of a mask. */
const NOWHERE = -32;

export function refineOnModel(
  { key, image, scene, split }: RefineInput,
  shelves: Pick<SessionShelves, 'clicks' | 'embedding'>,
  call: TaskCall,
): Promise<PartEdges[]> {
  if (scene.parts.length === 0) return Promise.resolve([]);
  return borrowing(async (keep) => {
    const model = keep(await shelves.clicks(key.pack));
    await call.turn();
    throwIfCancelled(call);
    const embedding = keep(
      await shelves.embedding(nameOf(key, model), () =>
        model.encode(clickPixels(image, model.info.preprocessing)),
      ),
    );
    const place = { framed: scene.framed, crop: null };
    const total = scene.parts.length;
    return refineParts(scene, {
      split,
      ask: inDecodes(async (prompts, starts) => {
        await call.turn();
        throwIfCancelled(call);
        const asked = prompts.map((prompt) => modelPrompt(prompt, place));
        const decoded = await model.decode(embedding, asked, starts);
        return { ...decoded, logits: besideImage(decoded.logits, scene.frame) };
      }),
      onDone: (done) => call.progress({ stage: 'Edges', done, total }),
    });
  });
}

/** The logits of masks, emptied in the cells beside the image: no model was trained on what lies there. */
function besideImage(logits: Float32Array, { low, columns, rows }: CellFrame): Float32Array {
  const inside = logits.slice();
  for (let line = 0; line < logits.length / low; line++)
    inside.fill(NOWHERE, line * low + (line % low < rows ? columns : 0), (line + 1) * low);
  return inside;
}
