// Methods of masks from clicks and boxes.
import type {
  ClickAnswer,
  ClickCut,
  ClickMask,
  ClickPrompt,
  ClickStart,
  SalienceAnswer,
} from '../clicks/clicks.ts';
import type { Box, CategoryId, ImageId } from '../types.ts';
import type { Method, Progress } from './method.ts';

export interface SegmentMethods {
  /**
   * Reads an image, or a part of it, so that clicks on it are answered at once. `ahead` = it is not shown
   * yet; such work gives way to all other. Null where it had been read.
   */
  'segment.read': Method<
    { imageId: ImageId; crop: Box | null; ahead: boolean },
    { milliseconds: number | null },
    Progress
  >;
  /** The mask of clicks; an image that has not been read is read first. */
  'segment.decode': Method<
    {
      imageId: ImageId;
      crop: Box | null;
      prompt: ClickPrompt;
      start: ClickStart;
      cut: ClickCut;
    },
    ClickAnswer,
    Progress
  >;
  /** Another choice of a decode, or another cut. RUN_UNKNOWN when the process that held it is gone. */
  'segment.mask': Method<
    { imageId: ImageId; decode: number; candidate: number; cut: ClickCut },
    ClickMask
  >;
  /** The mask of clicks by the stored salience of a class; `off` is added to the cut of the class. */
  'segment.salience': Method<
    { imageId: ImageId; categoryId: CategoryId; prompt: ClickPrompt; off: number },
    SalienceAnswer
  >;
}
