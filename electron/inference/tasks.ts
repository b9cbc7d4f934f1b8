// What the threads of the inference process hand each other.
import type { PromptClass } from '../api/run.ts';
import type { ExplainParams } from '../link/params.ts';
import type { PackChoice } from '../link/facts.ts';
import type { SharedImage } from './image/rgbImage.ts';
import type { ClassMaps } from './pipeline/planes/classMaps.ts';
import type { SalienceRun } from './pipeline/salienceRun.ts';

export interface ExplainInput {
  readonly pack: PackChoice;
  readonly image: SharedImage;
  readonly classes: readonly PromptClass[];
  readonly params: ExplainParams;
}

export interface ExplainOutput {
  readonly run: SalienceRun;
  readonly allLayers: number;
  readonly allHeads: number;
}

/** Class maps of the first pass at one layer and head, on the patch grid. */
export interface LayerHeadMap {
  readonly layer: number;
  readonly head: number;
  readonly maps: ClassMaps;
}
