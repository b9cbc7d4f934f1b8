// Marks an image as reviewed. With undecided proposals a question stands over the canvas until it is answered.
import type { App } from '../../state/app.svelte.ts';
import { perProject } from '../../state/perApp.svelte.ts';
import { text } from '../../text/text.ts';
import { missingHere, sayingOf, type Missing } from './said/saying.svelte.ts';
import { decideOn } from './objects/decisions.ts';
import { stepOpen } from '../../state/walk.ts';

class Undecided {
  /** The question about proposals is asked of the open image. */
  asking = $state(false);
  /** The question about needed fields is. */
  missing = $state(false);
}

export const undecidedOf = perProject(() => new Undecided());

/**
 * Marks the open image and goes on, unless proposals are still to be decided or needed fields are empty. Asked
 * for once more while the question stands, it marks the image all the same.
 */
export async function markReviewed(app: App): Promise<void> {
  const undecided = undecidedOf(app);
  const left = app.document.proposals.length;
  if (undecided.missing) return answerMissing(app, 'leave');
  if (left === 0 || !app.session.settings.asksUndecided) return lookForFields(app);
  if (undecided.asking) return answer(app, 'leave');
  undecided.asking = true;
  app.toasts.alert(text.label.undecided.question(left));
}

/** Answers the question: what becomes of the proposals before the image is marked. */
export async function answer(app: App, decision: 'accepted' | 'rejected' | 'leave'): Promise<void> {
  undecidedOf(app).asking = false;
  if (decision !== 'leave') decideOn(app, app.document.proposals, decision);
  await lookForFields(app);
}

/** Marks the image unless an object lacks a field that its class needs. */
async function lookForFields(app: App): Promise<void> {
  const [first] = missingHere(app);
  if (!first) return finish(app);
  undecidedOf(app).missing = true;
  app.toasts.alert(missingWords(first));
}

export const missingWords = ({ field, category, objects }: Missing): string =>
  text.said.missing(field.name, objects.length, category.name);

/** Goes to the objects that lack a field, with the strip open, or marks the image all the same. */
export async function answerMissing(app: App, decision: 'fill' | 'leave'): Promise<void> {
  undecidedOf(app).missing = false;
  if (decision === 'leave') return finish(app);
  const [first] = missingHere(app);
  if (!first) return;
  app.document.select(first.objects.map(({ id }) => id));
  const saying = sayingOf(app);
  if (!saying.isOpen) saying.toggle();
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
