// The description of an engine: the table of its parameters, and for each preset their values and those of the
// stages that all engines share. engines.ts lists them.
import type { EngineInfo, ParamRange } from '../../api/model.ts';
import type { Json } from '../../api/types.ts';
import type { MaskParams } from '../params.ts';

export type PresetName = 'reference' | 'paper' | 'default' | 'pack';

/** Values of an engine's own parameters, by name without the engine. */
export interface EngineValues {
  readonly [name: string]: unknown;
}

interface Row {
  readonly range: ParamRange;
  readonly label: string;
  /** Values that a search may try, in order; missing: a search leaves it alone. */
  readonly tries?: readonly Json[];
  /** The parameter decides what is found: the evidence of a run offers it for the next one. */
  readonly again?: true;
}

/** Any engine's description. */
export interface Engine extends Pick<
  EngineInfo,
  'id' | 'name' | 'purpose' | 'needs' | 'evidence' | 'presence'
> {
  readonly table: { readonly [name: string]: Row };
  readonly presets: {
    readonly [P in Exclude<PresetName, 'pack'>]: {
      readonly own: object;
      readonly masks: MaskParams;
    };
  };
  /** Stuff is asked for apart from things, so the kind of a class decides its maps. */
  readonly kindsApart?: true;
  /** Parameters of the shared stages that a search may try with this engine. */
  readonly sharedTries?: {
    readonly [K in keyof MaskParams]?: { readonly label: string; readonly tries: readonly Json[] };
  };
  /** Parameters that belong to a model and not to the method: a pack's value holds in every preset. */
  readonly modelOwned: readonly string[];
  /** The engine's part of a name in projects and packs of earlier programs. */
  readonly formerly?: string;
}

/** The description of an engine whose parameters are the fields of `Own`. */
export interface EngineDescription<Own extends object> extends Engine {
  readonly table: { readonly [K in keyof Own]: Row };
  readonly presets: {
    readonly [P in keyof Engine['presets']]: { readonly own: Own; readonly masks: MaskParams };
  };
  readonly modelOwned: readonly (keyof Own & string)[];
}

/** The description as screens and the command line read it. */
export function infoOf(engine: Engine): EngineInfo {
  const { id, name, purpose, needs, evidence, presence, table, presets } = engine;
  const values = presets.default.own as EngineValues;
  const params = Object.entries(table).map(
    ([key, { range, label, again = false }]) =>
      // Parameters are numbers, texts, switches and lists of them.
      [`${id}.${key}`, { range, label, default: values[key] as Json, again }] as const,
  );
  return { id, name, purpose, needs, evidence, presence, params: Object.fromEntries(params) };
}
