// Accepting and rejecting: the edit, the spoken news, and the focus on the next one to decide.
import type { Annotation } from '../../../../../electron/api/types.ts';
import type { App } from '../../../state/app.svelte.ts';
import { text } from '../../../text/text.ts';
import { decide } from '../../../tools/factEdits.ts';

/** Decides proposals; several at once are one step and get a toast with Undo. */
export function decideOn(
  app: App,
  proposals: readonly Annotation[],
  status: 'accepted' | 'rejected',
): void {
  const { document, tools, toasts } = app;
  const first = proposals[0];
  const draft = decide(proposals, status, (annotation) => tools.nameOf(annotation));
  if (!draft || !first) return;
  const decided = new Set(proposals.map((proposal) => proposal.id));
  const next = document.proposals.find((proposal) => !decided.has(proposal.id));
  document.commit(draft);
  document.select(next ? [next.id] : []);
  const left = document.proposals.length;
  const words = text.label.live;
  if (proposals.length === 1)
    toasts.say(
      (status === 'accepted' ? words.accepted : words.rejected)(tools.nameOf(first), left),
    );
  else
    toasts.show(
      (status === 'accepted' ? words.acceptedMany : words.rejectedMany)(proposals.length),
      {
        action: { label: text.common.undo, run: () => app.run('app.undo') },
      },
    );
}

/**
 * The selection's proposals, else the most doubtful one in view. With only decided objects selected
 * there is none: a key meant for them must not decide another.
 */
export function proposalsAtHand(app: App): readonly Annotation[] {
  const { document, viewport } = app;
  const chosen = document.selected.filter((annotation) => annotation.status === 'proposal');
  if (chosen.length > 0) return chosen;
  if (document.selected.some((annotation) => annotation.status === 'accepted')) return [];
  const first = document.proposals.find((proposal) => isInView(proposal, viewport));
  return first ? [first] : [];
}

/** Puts the selection on the proposal to decide next; false when there is none in view. */
export function goToNextProposal({ document, viewport }: App): boolean {
  const next = document.proposals.find((proposal) => isInView(proposal, viewport));
  if (!next || document.selection.size === 0) return false;
  document.select([next.id]);
  return true;
}

/** Every visible proposal of which a part can be seen. */
export function proposalsInView(app: App): readonly Annotation[] {
  const visible = new Set(app.document.visible.map((annotation) => annotation.id));
  return app.document.proposals.filter(
    (proposal) => visible.has(proposal.id) && isInView(proposal, app.viewport),
  );
}

function isInView({ box: [x, y, w, h] }: Annotation, { view, stage }: App['viewport']): boolean {
  return (
    (x + w) * view.scale + view.x > 0 &&
    (y + h) * view.scale + view.y > 0 &&
    x * view.scale + view.x < stage.width &&
    y * view.scale + view.y < stage.height
  );
}
