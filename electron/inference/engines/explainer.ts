// What an engine must do: make a run of an image with its models, and read maps and facts from that run without
// them. Sliders, masks and screens only see this, so they work with every engine. engines.ts lists them.
import type { MapRequest, PassInfo, PatchLook } from '../../api/run.ts';
import type { Evidence } from '../../api/model.ts';
import type { PackChoice } from '../../link/facts.ts';
import type { MaskParams } from '../../link/params.ts';
import type { RgbImage, SharedImage } from '../image/rgbImage.ts';
import type { EngineRun } from '../pipeline/engineRun.ts';
import type { ClassMaps } from '../pipeline/planes/classMaps.ts';
import type { ChannelRequest, EngineChannels } from '../pipeline/planes/engineChannels.ts';
import type { ClassPrompt } from '../pipeline/prompts.ts';
import type { Keep } from '../shelf/shelf.ts';
import type { SessionShelves } from '../shelves.ts';
import type { OpenPack } from '../session/openPack.ts';
import type { OpenClip } from '../tune/judges/openClip.ts';
import type { ExplainProgress } from '../pipeline/runOptions.ts';
import type { TaskCall } from '../threads/threadTask.ts';

/** What an engine works with: the models of the thread, borrowed until the run is done. */
export interface Bench {
  readonly shelves: SessionShelves;
  readonly keep: Keep;
  readonly call: Pick<TaskCall, 'cancelled' | 'turn' | 'progress'>;
  readonly onProgress: (progress: ExplainProgress) => void;
  /** Receives every model used, so that a failed device is reported once. */
  readonly used: (model: UsedModel) => void;
}

/** A model's devices as reports name them. */
export type UsedModel = Pick<OpenPack, 'model'> | Pick<OpenClip, 'model'>;

export interface ExplainRequest {
  readonly image: SharedImage;
  /** Names with their synonyms. Background words, where an engine has them, are among its parameters. */
  readonly classes: readonly ClassPrompt[];
  /** The engine's own, checked against its table. */
  readonly params: object;
  readonly packs: { readonly explain: PackChoice; readonly judge?: PackChoice };
}

/** Facts of a run for the screens; empty where the run does not have the evidence. */
export interface RunEvidence {
  readonly kinds: readonly Evidence[];
  readonly inputSide: number;
  /** 1-based. */
  readonly layers: readonly number[];
  readonly heads: readonly number[];
  readonly allLayers: number;
  readonly taps?: readonly string[];
  readonly allHeads: number;
  readonly caption: string;
  readonly passes: readonly PassInfo[];
  /** Word pieces of each class of the run, in its order. */
  readonly tokens: readonly (readonly string[])[];
}

/** A map for the eye on the run's grid; values are scaled by `maximum`. */
export interface EvidenceMap {
  readonly values: ArrayLike<number>;
  readonly maximum: number;
}

export interface Explainer<Run extends EngineRun> {
  readonly id: Run['engine'];
  /** Opens the models and reads the image with them, as far as `explain` finds that again. */
  ready(request: Omit<ExplainRequest, 'classes'>, bench: Bench): Promise<void>;
  /** Runs the models. Cancellation rejects; nothing is kept of a run that is not finished. */
  explain(request: ExplainRequest, bench: Bench): Promise<Run>;
  /** Class maps [classes, N] in the order of `run.classes`; summed over the first `upTo` passes, or all. */
  classMaps(run: Run, params: MaskParams, upTo?: number): ClassMaps;
  /** Channels at working size, where the common cut of class maps does not suit the engine. */
  channels?(run: Run, request: ChannelRequest): Promise<EngineChannels>;
  /** The maps of one pass by itself. */
  passMaps(run: Run, pass: number, params: MaskParams): ClassMaps;
  /** What the run can show. */
  evidence(run: Run, params: MaskParams): RunEvidence;
  /** A map of a word piece of a class, null where there is none. */
  wordMap(run: Run, classIndex: number, token: number): EvidenceMap | null;
  /** The picture that a judge was shown of a class in a pass, without a model; null where there was none. */
  judgePicture?(run: Run, image: RgbImage, classIndex: number, pass: number): RgbImage | null;
  /** What a place of the run's grid is taken for; the model runs for where it listens. */
  patch?(
    run: Run,
    place: PatchPlace,
    from: Pick<ExplainRequest, 'image' | 'packs'>,
    bench: Bench,
  ): Promise<PatchLook>;
  /** Maps that only the models can make, in the order of layers; missing in engines without heads. */
  headMaps?(
    run: Run,
    requests: readonly Extract<MapRequest, { kind: 'layerHead' }>[],
    from: Pick<ExplainRequest, 'image' | 'packs'>,
    bench: Bench,
  ): Promise<HeadMap[]>;
}

/** A cell of a run's grid, from 0. */
export interface PatchPlace {
  readonly row: number;
  readonly column: number;
  /** Factor of similarities before words share the place. */
  readonly contrast: number;
}

/** Class maps of the first pass at one layer and head, 1-based, on the patch grid. */
export interface HeadMap {
  readonly layer: number;
  readonly head: number;
  readonly maps: ClassMaps;
}
