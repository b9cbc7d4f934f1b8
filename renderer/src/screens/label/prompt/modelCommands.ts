// What the keys do with the model: run it, decide on what it found, walk through its evidence.
import { MAX_CLASSES_ASKED } from '../../../../../electron/api/rules/classNames.ts';
import type { App } from '../../../state/app.svelte.ts';
import type { Handlers } from '../../../state/commands.svelte.ts';
import { text } from '../../../text/text.ts';
import { evidenceOf } from '../../evidence/strip/strip.svelte.ts';
import { firstPackOf } from '../../models/first/firstPack.svelte.ts';
import {
  decideOn,
  goToNextProposal,
  proposalsAtHand,
  proposalsInView,
} from '../objects/decisions.ts';

export function modelHandlers(app: App): Handlers {
  const { tools } = app;
  const evidence = evidenceOf(app);
  return {
    'proposal.accept': () => {
      if (tools.key('confirm')) return true;
      const proposals = proposalsAtHand(app);
      if (proposals.length === 0) return goToNextProposal(app);
      decideOn(app, proposals, 'accepted');
      followHint(app, 'accept');
      return true;
    },
    'proposal.reject': () => {
      if (tools.key('back')) return true;
      const proposals = proposalsAtHand(app);
      if (proposals.length === 0) return false;
      decideOn(app, proposals, 'rejected');
      return true;
    },
    'proposal.acceptAll': () => decideOn(app, proposalsInView(app), 'accepted'),

    'model.run': () => {
      followHint(app, 'run');
      void run(app);
    },
    'model.prompt': () => void globalThis.document.getElementById('prompt-input')?.focus(),
    'evidence.toggle': () => evidence.toggle(),
    'evidence.previous': () => evidence.walk(-1),
    'evidence.next': () => {
      followHint(app, 'strip');
      return evidence.walk(1);
    },
    'evidence.open': () => {
      if (evidence.categoryId !== null) evidence.chosen = evidence.categoryId;
      app.go('evidence');
    },
  };
}

async function run(app: App): Promise<void> {
  const { prelabel } = app;
  if (prelabel.asksTooMany)
    return app.toasts.show(text.label.prompt.tooMany(prelabel.asked.length, MAX_CLASSES_ASKED));
  if (firstPackOf(app).hold()) return;
  const { image } = app.document;
  const proposals = await prelabel.run();
  if (!proposals || !image) return;
  if (app.document.image?.id !== image.id) {
    app.toasts.show(text.label.live.foundElsewhere(proposals.length, image.name), {
      action: { label: text.common.goThere, run: () => void app.openImage(image.id) },
    });
    return;
  }
  if (app.document.proposals.length === 0) return;
  app.toasts.say(text.label.live.found(proposals.length));
  const first = app.document.proposals[0];
  // A selection decides what a tool paints on: whoever draws meanwhile keeps theirs.
  const isFree = app.tools.id === 'select' && !app.tools.busy;
  if (first && isFree && app.document.selection.size === 0) app.document.select([first.id]);
}

/** A first-run hint was followed: it has done its work. */
function followHint(app: App, hint: 'run' | 'strip' | 'accept'): void {
  const seen = app.session.settings.hintsSeen;
  if (!seen.includes(hint))
    void app.attempt(() => app.session.changeSettings({ hintsSeen: [...seen, hint] }));
}
