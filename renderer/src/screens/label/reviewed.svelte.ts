// Marking an image as reviewed. One with proposals that nobody decided is not marked without a word:
// the question stands over the canvas until it is answered.
import type { App } from '../../state/app.svelte.ts';
import { perProject } from '../../state/perApp.svelte.ts';
import { text } from '../../text/text.ts';
import { decideOn } from './objects/decisions.ts';
import { stepOpen } from '../../state/walk.ts';

class Undecided {
  /** The question is asked about the open image. */
  asking = $state(false);
}

export const undecidedOf = perProject(() => new Undecided());

/** Marks the open image and goes on, unless proposals are still to be decided. */
export async function markReviewed(app: App): Promise<void> {
  const left = app.document.proposals.length;
  if (left === 0) return finish(app);
  undecidedOf(app).asking = true;
  app.toasts.alert(text.label.undecided.question(left));
}

/** Answers the question: what becomes of the proposals before the image is marked. */
export async function answer(app: App, decision: 'accepted' | 'rejected' | 'leave'): Promise<void> {
  undecidedOf(app).asking = false;
  if (decision !== 'leave') decideOn(app, app.document.proposals, decision);
  await finish(app);
}

async function finish(app: App): Promise<void> {
  const { image } = app.document;
  if (!image) return;
  await app.attempt(async () => {
    await app.document.flush();
    const { images } = await app.session.call('image.setStatus', {
      imageIds: [image.id],
      status: 'reviewed',
    });
    for (const changed of images) app.images.replace(changed);
    await stepOpen(app, 1);
  });
}
