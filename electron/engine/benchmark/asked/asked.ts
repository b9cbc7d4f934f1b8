// What a data set is asked for: as an engine's published evaluation asks it, else by its own words.
import type { Json } from '../../../api/types.ts';
import type { PrelabelParams } from '../../../api/run.ts';
import { car } from '../../../link/engines/car.ts';
import { FIRST_ENGINE } from '../../../link/engines/engines.ts';
import { naclip } from '../../../link/engines/naclip.ts';
import type { SetFacts } from '../set.ts';
import type { Asking, Askings } from './asking.ts';
import { CAR } from './car.ts';
import { NACLIP } from './naclip.ts';

const BY_ENGINE: Readonly<Record<string, Askings>> = { [naclip.id]: NACLIP, [car.id]: CAR };

/** Null where nobody published how the engine asks this data set. */
export function askingOf(facts: SetFacts, engine = FIRST_ENGINE): Asking | null {
  return BY_ENGINE[engine]?.[facts.id]?.(facts) ?? null;
}

/** The data set with the words that its classes are asked by. */
export function askedFacts(facts: SetFacts, asking: Asking | null, synonyms: boolean): SetFacts {
  if (!asking && synonyms) return facts;
  return {
    ...facts,
    classes: facts.classes.map((one, at) => {
      const [prompt = one.prompt, ...others] = asking?.words[at] ?? [one.prompt];
      const kind = asking?.stuff?.includes(at) ? ('stuff' as const) : one.kind;
      return { ...one, prompt, synonyms: others, ...(kind ? { kind } : {}) };
    }),
  };
}

/** Settings of an evaluation: its words always, its figures where the engine's published ones hold. */
export function askingOverrides(
  asking: Asking | null,
  preset: PrelabelParams['preset'],
): Readonly<Record<string, Json>> {
  const published = preset === 'reference' || preset === 'paper';
  return asking ? { ...asking.background, ...(published ? asking.settings : {}) } : {};
}
