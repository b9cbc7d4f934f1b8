// The frames that tell how a class of a run got its mask: passes, the way from their sum to the mask, other
// classes, single heads. Strip, Evidence screen and the large view of Review show the same ones.
import type { CategoryId } from '../../../../../electron/api/types.ts';
import type { Evidence } from '../../../../../electron/api/model.ts';
import type {
  ClassResult,
  JudgedClass,
  MapRequest,
  RunSummary,
} from '../../../../../electron/api/run.ts';
import { text } from '../../../text/text.ts';

export type FrameKind = 'pass' | 'sum' | 'cut' | 'blurred' | 'mask' | 'class' | 'head';

export interface EvidenceFrame {
  /** Unlike every other frame of the class. */
  readonly key: string;
  readonly kind: FrameKind;
  readonly categoryId: CategoryId;
  /** 0-based, for passes; -1 elsewhere. */
  readonly pass: number;
  /** Under the picture: `Pass 2`. */
  readonly label: string;
  /** Behind the label, what stands out: `31 dropped`; empty where the label says all. */
  readonly sentence: string;
  /** Its name inside a sentence: `sum to pass 2`. */
  readonly name: string;
  /** Patch numbers hidden before this pass, row-major. */
  readonly dropped: readonly number[];
  /** Drawn smooth; maps of patches are drawn as squares. */
  readonly smooth: boolean;
  /** The map that is its picture; null where masks are. */
  readonly request: MapRequest | null;
}

/** All frames of a class. */
export interface Film {
  readonly passes: readonly EvidenceFrame[];
  /** The weighted sums up to each pass, for the places of the passes. */
  readonly sums: readonly EvidenceFrame[];
  /** Sum, cut, blurred, mask. */
  readonly steps: readonly EvidenceFrame[];
  /** The other classes of the prompt, blurred; the best match first. */
  readonly others: readonly EvidenceFrame[];
}

export const NO_FILM: Film = { passes: [], sums: [], steps: [], others: [] };

const PLAIN = { pass: -1, sentence: '', dropped: [], smooth: false } as const;

export function filmOf(
  run: RunSummary,
  categoryId: CategoryId,
  options: { readonly oneScale: boolean } = { oneScale: false },
): Film {
  return {
    passes: passFrames(run, categoryId, options.oneScale),
    sums: sumFrames(run, categoryId),
    steps: stepFrames(run, categoryId),
    others: classFrames(run, categoryId),
  };
}

/** What its maps are called: only some tell where a model looked. */
export const mapWord = (run: RunSummary | null): string => {
  if (shows(run, 'windows')) return text.evidence.similarity;
  return shows(run, 'rounds') ? text.evidence.map : text.evidence.salience;
};

/** Its pixels are shares of words or judged maps, not maps that are cut and blurred. */
export const isShared = (run: RunSummary | null): boolean =>
  shows(run, 'windows') || shows(run, 'rounds');

/** What a run has to show: screens leave out what it has not. */
export const shows = (run: RunSummary | null, kind: Evidence): boolean =>
  run?.evidence.includes(kind) ?? false;

/** The order of classes: the surest first, as they are asked for where the engine does not tell. */
export const bySurest = (a: ClassResult, b: ClassResult): number => (b.match ?? 0) - (a.match ?? 0);

/** Passes that can be looked at one by one. */
const shownPasses = (run: RunSummary) => (shows(run, 'passes') ? run.passes : []);

/** Windows and rounds are passes as well, each with a name and a sentence of its own. */
function stepsOfEngine(run: RunSummary, categoryId: CategoryId): readonly EvidenceFrame[] {
  const words = text.evidence.film;
  const frame = (pass: number, label: string, sentence: string): EvidenceFrame => ({
    ...PLAIN,
    key: `pass${pass}`,
    kind: 'pass',
    categoryId,
    pass,
    label,
    sentence,
    name: label.toLowerCase(),
    request: { kind: 'pass', categoryId, pass, scale: 'run' },
  });
  if (shows(run, 'windows'))
    return run.passes.map((_, pass) =>
      frame(
        pass,
        words.window(pass + 1),
        run.passes.length === 1 ? words.oneWindow : words.ofWindows(run.passes.length),
      ),
    );
  if (shows(run, 'rounds'))
    return run.passes.map(({ judged = [] }, pass) =>
      frame(pass, words.round(pass + 1), judgedSentence(categoryId, judged)),
    );
  return [];
}

function judgedSentence(categoryId: CategoryId, judged: readonly JudgedClass[]): string {
  const words = text.evidence.film;
  const mine = judged.find((one) => one.categoryId === categoryId);
  if (!mine) return words.notInRound;
  if (mine.kept) return words.kept(mine.score);
  return words.droppedInRound(mine.score, mine.seen, mine.seenScore);
}

function passFrames(run: RunSummary, categoryId: CategoryId, oneScale: boolean): EvidenceFrame[] {
  const words = text.evidence.film;
  const own = stepsOfEngine(run, categoryId);
  if (own.length > 0) return [...own];
  return shownPasses(run).map((_, pass) => {
    const dropped = ofClass(run, categoryId, run.passes[pass]?.dropped) ?? [];
    return {
      ...PLAIN,
      key: `pass${pass}`,
      kind: 'pass',
      categoryId,
      pass,
      label: words.pass(pass + 1),
      sentence: dropped.length === 0 ? words.whole : words.dropped(dropped.length),
      name: text.evidence.frame.pass(pass + 1),
      dropped,
      request: { kind: 'pass', categoryId, pass, scale: oneScale ? 'run' : 'pass' },
    };
  });
}

function sumFrames(run: RunSummary, categoryId: CategoryId): EvidenceFrame[] {
  return shownPasses(run).map((_, pass) => ({
    ...PLAIN,
    key: `upTo${pass}`,
    kind: 'sum',
    categoryId,
    pass,
    label: text.evidence.film.upTo(pass + 1),
    name: text.evidence.frame.upTo(pass + 1),
    request: { kind: 'sum', categoryId, upTo: pass },
  }));
}

function stepFrames(run: RunSummary, categoryId: CategoryId): EvidenceFrame[] {
  const words = text.evidence.film;
  const upTo = Math.max(0, run.passes.length - 1);
  const step = (kind: 'sum' | 'cut' | 'blurred' | 'mask') => ({
    ...PLAIN,
    key: kind,
    kind,
    categoryId,
    label: words[kind],
    name: text.evidence.frame[kind],
  });
  const weights = run.passes.map((pass) => pass.weight).join(',');
  // Nothing is cut or blurred of shares and of judged maps.
  if (isShared(run))
    return [
      {
        ...step('sum'),
        label: shows(run, 'windows') ? words.allWindows : words.lastRound,
        request: { kind: 'sum', categoryId, upTo },
      },
      {
        ...step('blurred'),
        label: words.atPixels,
        smooth: true,
        request: { kind: 'blurred', categoryId },
      },
      { ...step('mask'), sentence: words.maskNote(true, false), smooth: true, request: null },
    ];
  return [
    { ...step('sum'), sentence: weights, request: { kind: 'sum', categoryId, upTo } },
    { ...step('cut'), request: { kind: 'cut', categoryId } },
    { ...step('blurred'), smooth: true, request: { kind: 'blurred', categoryId } },
    // Its map, where one is shown for it, is the blurred one.
    { ...step('mask'), sentence: words.maskNote(true, false), smooth: true, request: null },
  ];
}

function classFrames(run: RunSummary, categoryId: CategoryId): EvidenceFrame[] {
  return run.classes
    .filter((result) => result.categoryId !== categoryId)
    .sort(bySurest)
    .map((result) => ({
      ...PLAIN,
      key: `class${result.categoryId}`,
      kind: 'class',
      categoryId: result.categoryId,
      label: text.evidence.film.blurred,
      name: text.evidence.frame.blurred,
      smooth: true,
      request: { kind: 'blurred', categoryId: result.categoryId },
    }));
}

export function headFrame(categoryId: CategoryId, layer: number, head: number): EvidenceFrame {
  const name = text.evidence.frame.head(layer, head);
  return {
    ...PLAIN,
    key: headKey(layer, head),
    kind: 'head',
    categoryId,
    label: name,
    name,
    request: { kind: 'layerHead', categoryId, layer, head },
  };
}

export const headKey = (layer: number, head: number): string => `head${layer}/${head}`;

/** True when the run's masks come from this layer and head. */
export function isUsed(run: RunSummary, layer: number, head: number): boolean {
  return run.layers.includes(layer) && (run.heads.length === 0 || run.heads.includes(head));
}

/** Match logit of a pass for a class. */
export function logitOf(run: RunSummary, pass: number, categoryId: CategoryId): number | null {
  return ofClass(run, categoryId, run.passes[pass]?.z) ?? null;
}

/** A class's part of a pass: captions of their own have parts of their own, a joint one has one for all. */
function ofClass<T>(
  run: RunSummary,
  categoryId: CategoryId,
  parts: readonly T[] = [],
): T | undefined {
  const column = run.classes.findIndex((result) => result.categoryId === categoryId);
  return parts[parts.length > 1 ? Math.max(0, column) : 0];
}
