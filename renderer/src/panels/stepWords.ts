// What undo and redo would do now, in words: steps of the shape under way come before what is saved.
import type { App } from '../state/app.svelte.ts';
import { stepText } from '../text/named.ts';
import { text } from '../text/text.ts';
import type { StepWord } from '../tools/types.ts';

/** Null when there is nothing to take back. */
export function nextUndo({ tools, document }: App): string | null {
  return tools.undoWord ? stepWord(tools.undoWord) : logged(document.canUndo);
}

export function nextRedo({ tools, document }: App): string | null {
  return tools.redoWord ? stepWord(tools.redoWord) : logged(document.canRedo);
}

const logged = (label: string | null) => (label === null ? null : stepText(label));

function stepWord(word: StepWord): string {
  const words = text.label.steps;
  return word.kind === 'point' ? words.point(word.number) : words[word.kind];
}
