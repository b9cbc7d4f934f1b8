// What an engine is, as data: its parameters, the models it needs and the evidence it leaves. An engine is a
// method that makes class maps of an image; screens, tuning and the command line read this, not its code.
import type { Json } from './types.ts';

/** What a run can show of how it came about. A run says which of them it has. */
export type Evidence =
  /** Maps of several passes, each with patches hidden. */
  | 'passes'
  /** Maps of single words. */
  | 'words'
  /** Maps of other layers and heads, made on demand. */
  | 'heads'
  /** Parts of the image that were looked at one by one. */
  | 'windows'
  /** Rounds after each of which classes were dropped. */
  | 'rounds';

/** What a model is for. */
export type Role = 'explain' | 'judge' | 'segment';

export type ParamRange =
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly whole?: true }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'text'; readonly maxLength: number }
  /** Whole numbers from 0, each once. */
  | { readonly kind: 'indices'; readonly mayBeEmpty: boolean }
  | { readonly kind: 'numbers'; readonly min: number; readonly max: number; readonly most: number }
  /** Names, each once: background words, say. */
  | { readonly kind: 'words'; readonly most: number; readonly maxLength: number };

export interface EngineParam {
  readonly range: ParamRange;
  /** For people. */
  readonly label: string;
  /** With the tool's own settings; a pack may bring another one. */
  readonly default: Json;
}

export interface EngineInfo {
  readonly id: string;
  readonly name: string;
  /** One sentence: what it does and what it suits. */
  readonly purpose: string;
  /** The packs that it needs, by role. */
  readonly needs: readonly {
    readonly role: Role;
    readonly kind: 'itm' | 'clip';
    readonly optional: boolean;
  }[];
  /** By dotted name: `engine.name`. */
  readonly params: { readonly [dottedName: string]: EngineParam };
  /** Most that a run of it can have. */
  readonly evidence: readonly Evidence[];
  /** How it tells that a class is there: by image-text match, by a judge, or not at all. */
  readonly presence: 'match' | 'judge' | null;
}
