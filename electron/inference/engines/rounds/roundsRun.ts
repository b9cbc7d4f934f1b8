// What one run of CLIP as RNN on one image leaves behind: each round's maps on the grid, what the judge
// saw, and who was dropped.
import type { CarParams } from '../../../link/engines/car.ts';
import type { EngineRun } from '../../pipeline/engineRun.ts';
import type { Round } from './loop.ts';

export interface RoundsRun extends EngineRun {
  readonly engine: 'car';
  /** Of the map model's input, in pixels. */
  readonly inputWidth: number;
  readonly inputHeight: number;
  readonly params: CarParams;
  /** As asked: those that no class asks for. */
  readonly background: readonly string[];
  /** Hash of the judge's pack; the map model's own where there is no other. */
  readonly judgeHash: string;
  /** Side of the square that the judge sees. */
  readonly judgeSide: number;
  readonly passes: readonly Round[];
}
