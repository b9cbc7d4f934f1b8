// Words of what the engine names and may know more of than the window does: packs of somebody's own and formats of a
// newer engine say their own words.
import type { Output } from '../../../electron/api/methods.ts';
import type { PackSummary } from '../../../electron/api/model.ts';
import { text } from './text.ts';
import { windowStep } from './languages/windowSteps.ts';

type Format = Output<'export.formats'>['formats'][number];

export const packPurpose = ({ id, purpose }: Pick<PackSummary, 'id' | 'purpose'>): string =>
  saidOr(text.models.packs.purposes, id, purpose);

/** What is known of a pack that a person fetches. */
export const packNotes = ({ id }: Pick<PackSummary, 'id'>, notes: string): string =>
  saidOr(text.models.packs.notes, id, notes);

export const formatTitle = ({ id, title }: Pick<Format, 'id' | 'title'>): string =>
  saidOr(text.exchange.formats.titles, id, title);

/** Of a format that was read. */
export const readTitle = ({ id, title }: Pick<Format, 'id' | 'title'>): string =>
  saidOr(text.exchange.formats.read, id, title);

export const formatNote = ({ id, note }: Pick<Format, 'id' | 'note'>): string =>
  saidOr(text.exchange.formats.notes, id, note);

/**
 * A stage of what runs. The engine calls it as the command line prints it, at times with figures: `Pass 2 of 3`,
 * `Look at masks, image 3 of 10`, `Layer 4`, `Round 2, cup`.
 */
export function stageText(stage: string): string {
  const words = text.label.prompt.stages;
  const layer = /^Layer (\d+)$/.exec(stage);
  if (layer) return words.layer(Number(layer[1]));
  const round = /^Round (\d+), (.+)$/su.exec(stage);
  if (round) return words.round(Number(round[1]), round[2]!);
  const counted = /^(.+?)([,:])?(?: image)? (\d+) of (\d+)$/su.exec(stage);
  if (!counted) return saidOr(words.heads, stage, stage);
  const [, head = '', comma, n, of] = counted;
  const said = saidOr(words.heads, head, head);
  return (comma ? words.imageOf : words.of)(said, Number(n), Number(of));
}

/**
 * A step of the log. What the engine did, and what was done in an English window, stands there in English with its
 * figures and names: `Accept 3 proposals`, `Draw cup`. Windows of other languages are told as they told it.
 */
export function stepText(label: string): string {
  const { plain, named, counted, merged } = text.label.engineSteps;
  if (Object.hasOwn(plain, label)) return plain[label as keyof typeof plain];
  const merge = /^Merge class (.+) into (.+)$/su.exec(label);
  if (merge) return merged(merge[1]!, merge[2]!);
  const figure = /^(\D+?) ([\d,]+) (.+?)s?$/u.exec(label);
  const what = figure ? `${figure[1]} ${figure[3]}` : '';
  if (figure && Object.hasOwn(counted, what))
    return counted[what as keyof typeof counted](Number(figure[2]!.replaceAll(',', '')));
  const head = Object.keys(named).find((one) => label.startsWith(`${one} `));
  return head === undefined
    ? (windowStep(label) ?? label)
    : named[head as keyof typeof named](label.slice(head.length + 1));
}

function saidOr(said: { readonly [id: string]: string }, id: string, own: string): string {
  return Object.hasOwn(said, id) ? said[id]! : own;
}
