// Every parameter of a run (method.md 14), in two groups: those of the engine, which need the model (here
// PnP-OVSS's), and `masks`, which every engine shares and which apply without the model. Ranges: engines/ and
// paramRanges.ts.

/** How sample positions are rounded: exactly, or as a 32-bit or 64-bit run of the released code. */
export type GridRounding = 'exact' | 'single' | 'double';

export type DropFill = 'mean' | 'black' | 'blur';

export type MapKind = 'gradcam' | 'attention' | 'gradient';

export type DropScore =
  /** Sum over all pieces of all names: long names weigh more (released code). */
  | 'pieces'
  /** Mean over the pieces of a word and the words of a class, then the sum over classes. */
  | 'classes';

/** What decides the maps of PnP-OVSS. Layers and heads are 0-based here, 1-based for people. */
export interface ExplainParams {
  /** Side of the model input in pixels; 0 = the pack's native side. */
  readonly inputSide: number;
  /** 'letterbox' keeps the aspect: the grid is cut to the image, nothing is padded. */
  readonly aspect: 'squeeze' | 'letterbox';
  readonly layers: readonly number[];
  /** Empty = mean over all heads. */
  readonly heads: readonly number[];
  readonly mapKind: MapKind;
  /** Divide each word's map of each layer by its maximum; always done for several layers. */
  readonly scaleMaps: boolean;
  readonly captions: 'joint' | 'perClass';
  readonly prefix: string;
  /** Delete spaces and hyphens inside names, as the released code does. */
  readonly joinWords: boolean;
  readonly maxClassesPerCaption: number;
  readonly passes: number;
  readonly dropRule: 'count' | 'fraction' | 'half';
  /** Patches per pass for 'count'. */
  readonly dropCount: number;
  /** Share of all patches per pass for 'fraction'. */
  readonly dropFraction: number;
  readonly dropFill: DropFill;
  readonly dropScore: DropScore;
  /** Never choose a hidden patch again; the released code may. */
  readonly excludeDropped: boolean;
  /** 'match' asks ITM first and leaves classes under matchThreshold out of the captions. */
  readonly selection: 'all' | 'match';
  readonly matchThreshold: number;
}

/** Parameters of masks, applied once the maps exist. */
export interface MaskParams {
  readonly firstPassWeight: number;
  /** Weight per pass, 0 = the pass is left out; empty = `firstPassWeight`, then 1 each. */
  readonly passWeights: readonly number[];
  readonly synonyms: 'max' | 'mean';
  /** 'sum' = the released code's last class (method.md 13, row 6). */
  readonly lastClass: 'mean' | 'sum';
  /**
   * 'grey': values under the threshold become 0, others keep their height; 'binary': the others
   * become 1; 'constant': nothing is cut, the background is a constant channel of that height.
   */
  readonly thresholdRule: 'grey' | 'binary' | 'constant';
  /** On the normalised class map, 0-0.6. */
  readonly threshold: number;
  /** Stuff classes are cut at this share of the threshold; the engine knows which they are. */
  readonly stuffShare: number;
  readonly upsampling: 'bilinear' | 'bicubic';
  /** Sample positions of the upsampling; the released code rounds its scale to 32 bits. */
  readonly gridRounding: GridRounding;
  /** Min-max each class after upsampling when the run has one pass (released code). */
  readonly scaleSinglePass: boolean;
  /** Long side of the working image in pixels; 0 = the image's own size. */
  readonly workSide: number;
  /** Gaussian deviation as a share of the working image's long side. */
  readonly blur: number;
  /** Min-max every channel even where blur is 0; the released code compares raw values then. */
  readonly scaleUnblurred: boolean;
  /** 'auto': only with fewer than three classes (context data sets). */
  readonly background: 'always' | 'never' | 'auto';
  /** Factor of similarities before words share a pixel; for engines that compare words. */
  readonly contrast: number;
  /** A pixel belongs to a class from this share on, else to the background. */
  readonly smallestShare: number;
  /** Whether background words take part in sharing. */
  readonly backgroundWords: boolean;
  /** The background of an engine with judged maps is what they leave, to this power. */
  readonly backgroundFactor: number;
  /** The same where stuff is asked for apart from things. */
  readonly stuffBackgroundFactor: number;
  /** Quick edges (PAMR): channels take their neighbours' values where pixels look alike. */
  readonly pamr: boolean;
  readonly pamrSteps: number;
  /** How far the neighbours stand, in pixels of the working image; empty = no quick edges. */
  readonly pamrReach: readonly number[];
  readonly temperature: number;
  readonly crf: boolean;
  /** 'fast' is labelled as 'exact' is on all but one in ten thousand pixels, but not to the last bit on every machine. */
  readonly crfPrecision: 'exact' | 'fast';
  readonly crfIterations: number;
  readonly crfGaussianPx: number;
  readonly crfGaussianWeight: number;
  readonly crfBilateralPx: number;
  readonly crfBilateralRgb: number;
  readonly crfBilateralWeight: number;
  /** Smallest region that stays, as a share of the image; 0 = all stay. */
  readonly minRegion: number;
  /** Largest hole that is filled, as a share of the image; 0 = none. */
  readonly fillHoles: number;
  /** Regions of things are made wider by so many pixels of the image, -4 to 4; negative = narrower. */
  readonly growThings: number;
  /** The same for stuff, which takes background only. */
  readonly growStuff: number;
  /** Classes whose match probability is lower are shown but not painted. */
  readonly absentBelow: number;
  /** A class or image is doubtful below these. */
  readonly doubtMatch: number;
  readonly doubtMargin: number;
  /** A class of which the CRF moved a larger share is doubtful; 1 = never. */
  readonly doubtCrfChange: number;
  /** A class on which neighbouring settings disagree by more is doubtful, whatever margin and CRF say; 1 = never. */
  readonly doubtUnsteady: number;
  /** Rename labels one after the other, collisions included (method.md 13, row 12). */
  readonly renameInPlace: boolean;
}

/** All values of a run; `Own` are those of its engine. */
export interface PipelineParams<Own extends object = ExplainParams> {
  readonly engine: string;
  readonly explain: Own;
  readonly masks: MaskParams;
}
