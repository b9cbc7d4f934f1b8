// Parameters of an engine that a search may try, from its own table and from the stages that all engines share.
import type { Json } from '../../api/types.ts';
import type { Engine } from './description.ts';

export interface Tunable {
  /** As in overrides: 'naclip.nearness'. */
  readonly name: string;
  readonly label: string;
  readonly tries: readonly Json[];
}

/** Empty for an engine whose layers and heads are searched instead. */
export function tunablesOf({ id, table, sharedTries = {} }: Engine): Tunable[] {
  const rows = (group: string, from: object): Tunable[] =>
    Object.entries(from as Engine['table']).flatMap(([key, { label, tries }]) =>
      tries ? [{ name: `${group}.${key}`, label, tries }] : [],
    );
  return [...rows(id, table), ...rows('masks', sharedTries)];
}
