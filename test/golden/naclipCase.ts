// What a NACLIP case holds, and how its settings read.
import { join } from 'node:path';
import type { LastBlock, WeightIndex } from '../../models/family.ts';
import { readNpyAs } from '../helpers/fixtures/npy.ts';
import type { Checklist } from './checklist.ts';

export interface NaclipMeta {
  readonly settings: {
    readonly gaussian_std: number;
    readonly logit_scale: number;
    readonly prob_thd: number;
    readonly crop: number;
    readonly stride: number;
    readonly pamr_steps: number;
    readonly pamr_dilations: readonly number[];
    readonly short_side: number;
    readonly mean: readonly number[];
    readonly std: readonly number[];
  };
  readonly queries: readonly string[];
  readonly class_lines: readonly string[];
  readonly windows: readonly (readonly number[])[] | null;
  readonly tolerance: Readonly<
    Record<'activations' | 'logits' | 'probs' | 'logits_final_pamr' | 'probs_pamr', number>
  >;
}

export interface NaclipCase {
  readonly folder: string;
  readonly meta: NaclipMeta;
  readonly list: Checklist;
  readonly weights: WeightIndex;
  readonly config: unknown;
}

/** The published mean and deviation are of 0-255; ours of 0-1. */
export const asShares = (values: readonly number[]) =>
  values.map((value) => value / 255) as [number, number, number];

export const floats = (folder: string, name: string) =>
  readNpyAs(join(folder, `${name}.npy`), 'f4').data;
export const NACLIP: LastBlock = { strategy: 'naclip', arch: 'reduced' };

export interface Resized {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}
