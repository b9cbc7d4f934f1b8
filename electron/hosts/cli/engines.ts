// `salience engines`: the ways to find masks, which models each needs, and what can be set.
import type { EngineInfo, ParamRange } from '../../api/model.ts';
import { infoOf } from '../../link/engines/description.ts';
import { ENGINES } from '../../link/engines/engines.ts';
import { EXIT } from './terminal/exit.ts';
import { say, sayJson } from './terminal/lines.ts';

export interface EnginesOptions {
  readonly json?: boolean;
}

/** Prints the list; resolves with the exit code. */
export function engines({ json = false }: EnginesOptions): number {
  const all = ENGINES.map(infoOf);
  if (json) {
    sayJson(all, 2);
    return EXIT.ok;
  }
  all.forEach((engine, at) => {
    if (at > 0) say();
    for (const line of linesOf(engine)) say(line);
  });
  return EXIT.ok;
}

const KINDS = { itm: 'a model that matches images with texts', clip: 'a CLIP' } as const;

function linesOf({ id, name, purpose, needs, params }: EngineInfo): string[] {
  const models = needs.map(
    ({ role, kind, optional }) =>
      `${KINDS[kind]}${role === 'judge' ? ' as judge' : ''}${optional ? ' (may be left out)' : ''}`,
  );
  return [
    `${id.padEnd(8)} ${name}`,
    `    ${purpose}`,
    `    needs ${models.join(', ')}`,
    ...Object.entries(params).map(
      ([parameter, { label, range, default: value }]) =>
        `    --set ${parameter}=${shown(value)}  ${label}; ${rangeText(range)}`,
    ),
  ];
}

/** Long lists are cut: they are shown whole with --json. */
function shown(value: unknown): string {
  const text = Array.isArray(value) ? value.join(',') : String(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

function rangeText(range: ParamRange): string {
  switch (range.kind) {
    case 'number':
      return `${range.min} to ${range.max}`;
    case 'choice':
      return range.values.join(' | ');
    case 'switch':
      return 'true | false';
    case 'text':
      return 'text';
    case 'indices':
      return 'whole numbers from 0, with commas';
    case 'numbers':
      return `numbers from ${range.min} to ${range.max}, with commas`;
    case 'words':
      return 'words with commas';
  }
}
