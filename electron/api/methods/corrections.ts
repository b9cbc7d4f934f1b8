// Methods of learning settings from corrections.
import type { CorrectionPair, CorrectionState, CorrectionUse } from '../corrections/corrections.ts';
import type { Method, None, Progress } from './method.ts';

export interface CorrectionMethods {
  /** What was found in finished images, and what became of it. */
  'corrections.state': Method<None, CorrectionState>;
  /** Compares settings; nothing of the project's settings changes. `harder` asks less of each change. */
  'corrections.compare': Method<{ harder: boolean }, CorrectionState, Progress>;
  /** Runs the model on finished images whose maps cannot be used, then compares; their masks stay. */
  'corrections.prepare': Method<None, CorrectionState, Progress>;
  /** Open images that the suggestion changes, the most changed first. BAD_REQUEST where nothing is suggested. */
  'corrections.pairs': Method<
    { cursor: number; limit: number },
    { total: number; pairs: readonly CorrectionPair[] },
    Progress
  >;
  /** Puts the suggestion to use, in the settings and in untouched proposals: one step that can be undone. */
  'corrections.use': Method<None, CorrectionUse, Progress>;
  /** Puts it away until there are half as many finished images more. */
  'corrections.decline': Method<None, CorrectionState>;
  /** Back to the settings before the suggestion that was used, as one step. */
  'corrections.back': Method<None, CorrectionUse, Progress>;
}
