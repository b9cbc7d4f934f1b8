// Methods of runs on one image, and of tuning what runs use.
import type { CompareProgress, CompareRequest, CompareRow, CompareSupply } from '../compare.ts';
import type { Annotation, CategoryId, ImageId, Json, RunId } from '../types.ts';
import type {
  EngineLook,
  MapRequest,
  PatchLook,
  PrelabelParams,
  PromptClass,
  PromptPicture,
  RunSummary,
  ScoreMap,
} from '../run.ts';
import type {
  LearnState,
  TuneApplied,
  TuneExample,
  TuneProgress,
  TuneRequest,
  TuneResult,
  TuneSetting,
  TuneSupply,
} from '../tuning.ts';
import type { EngineInfo, EngineOffer } from '../model.ts';
import type { Method, None, Progress } from './method.ts';

export interface PrelabelMethods {
  'prelabel.run': Method<
    {
      imageId: ImageId;
      classes: readonly PromptClass[];
      params: PrelabelParams;
      commit: boolean;
      /** For inspection only: the image's current run stays its current run. */
      aside?: boolean;
    },
    { run: RunSummary; proposals: readonly Annotation[] },
    Progress
  >;
  /** Masks again from stored maps, without the model. `draft` leaves the CRF out. */
  'prelabel.reapply': Method<
    {
      runId: RunId;
      params: PrelabelParams;
      thresholds: { readonly [categoryId: number]: number };
      draft: boolean;
      commit: boolean;
      /** Only proposals of these classes are put in place of earlier ones; left out = all of the run. */
      only?: readonly CategoryId[];
      /**
       * With `commit`: one step of this name, which undo takes back with everything that went before.
       * `thresholds` become the classes' own, and `params` the project's when `keepParams`.
       */
      step?: string;
      keepParams?: boolean;
      /** Maps of the same work, without doing it twice; those of layers and heads are empty here. */
      requests?: readonly MapRequest[];
      maxSide?: number;
    },
    {
      run: RunSummary;
      proposals: readonly Annotation[];
      milliseconds: number;
      /** As many as were asked for. */
      maps?: readonly ScoreMap[];
    },
    Progress
  >;
  /** Opens the models of a run and encodes the image while a person still types. Stores nothing. */
  'prelabel.ready': Method<{ imageId: ImageId; params: PrelabelParams }, None>;
  'prelabel.maps': Method<
    {
      runId: RunId;
      params: PrelabelParams;
      /** In place of the classes' own. */
      thresholds?: { readonly [categoryId: number]: number };
      requests: readonly MapRequest[];
      maxSide: number;
      /** Fetched ahead of need: requests that a person waits for go first. */
      ahead?: boolean;
    },
    { maps: readonly ScoreMap[] },
    Progress
  >;
  /** What an engine makes of an image; maps are kept in the cache, nothing in the project. */
  'prelabel.look': Method<
    { imageId: ImageId; classes: readonly PromptClass[]; params: PrelabelParams },
    EngineLook,
    Progress
  >;
  /** What a cell of a run's grid (from 0) is taken for, and where it listens; null where a method cannot say. */
  'prelabel.patch': Method<
    { runId: RunId; row: number; column: number; contrast: number },
    { patch: PatchLook | null; milliseconds: number },
    Progress
  >;
  /** What the judge of a run was shown, round by round; empty for methods without a judge. */
  'prelabel.prompts': Method<{ runId: RunId }, { pictures: readonly PromptPicture[] }>;
  /** Every parameter by dotted name, as a run with these would use it with the project's model. */
  'prelabel.settings': Method<
    { params: PrelabelParams },
    /** Every value, and what the engine of these parameters is. */
    { values: { readonly [dottedName: string]: Json }; engine: EngineInfo }
  >;
  /** Every engine, and how long its latest run in the open project took. */
  'prelabel.engines': Method<None, { engines: readonly EngineOffer[] }>;
  'prelabel.suggest': Method<
    { imageId: ImageId; classes: readonly PromptClass[] },
    { matches: readonly { categoryId: CategoryId; match: number }[] },
    Progress
  >;

  /** What the project could learn from its accepted masks, and whether it does. */
  'learn.state': Method<None, LearnState>;
  /** Measures it; nothing of the project's settings changes. */
  'learn.run': Method<None, LearnState, Progress>;
  /** Mixes looks into Similarity's words, or takes them out; `previous` takes that back with setParams. */
  'learn.use': Method<{ use: boolean }, TuneApplied>;

  'tune.supply': Method<None, TuneSupply>;
  /** Tries that were made before are not made again, so a stopped search goes on where it ended. */
  'tune.run': Method<TuneRequest, TuneResult, TuneProgress>;
  'tune.examples': Method<
    { imageIds: readonly ImageId[]; setting: TuneSetting },
    { examples: readonly TuneExample[] }
  >;
  /** What can be compared on the masks that a person accepted. */
  'tune.choices': Method<None, CompareSupply>;
  /** A row for each choice; what a model said of an image before is not asked again. */
  'tune.compare': Method<CompareRequest, { rows: readonly CompareRow[] }, CompareProgress>;
  /** Puts a setting into the project's parameters; `previous` takes it back with setParams. */
  'tune.apply': Method<{ setting: TuneSetting }, TuneApplied>;
}
