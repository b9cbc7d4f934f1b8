// The search for settings that fit the masks of finished images better: each image is judged by settings chosen
// without it. Nothing in the project changes, and the same evidence gives the same answer.
import type {
  CorrectionReport,
  CorrectionVerdict,
  KnobChange,
} from '../../api/corrections/corrections.ts';
import type { CategoryId } from '../../api/types.ts';
import { FIRST_ENGINE } from '../../link/engines/engines.ts';
import type { EngineContext } from '../context.ts';
import { average } from '../learn/heldOut.ts';
import type { Project } from '../project/project.ts';
import { latestTimes } from '../project/runs.ts';
import { collectEvidence, type Evidence, type Present } from './evidence/evidence.ts';
import { doubtByImage } from '../project/corrections/finished.ts';
import { createScores, type Scores, type Watch } from './evidence/scores.ts';
import { findEdges, valuesInFull, withinAMinute } from './evidence/wholeImages.ts';
import { fitTable } from './fit/fitTable.ts';
import { PRICE, type Searched } from './fit/search.ts';
import { changesOf, LEAST_STUFF, settingOf, withSetting, type MaskSetting } from './fit/setting.ts';
import { tooEarly } from './fit/verdict.ts';

export interface FitRequest {
  /** Asks a smaller price of each change: for people who want to see more tries. */
  readonly harder: boolean;
  /** False: whether masks are drawn wider or narrower is not looked at; it was answered. */
  readonly edges: boolean;
}

export interface Fit {
  readonly report: Omit<CorrectionReport, 'at' | 'open'>;
  /** What adoption would put into the project's parameters; empty where nothing is suggested. */
  readonly overrides: { readonly [parameter: string]: number | string | readonly number[] };
}

type Found = Partial<Fit['report']> & { readonly verdict: CorrectionVerdict };

const EAGER = 0.5;

export async function fitCorrections(context: EngineContext, asked: Asked): Promise<Fit> {
  const { project, present, request, watch } = asked;
  const evidence = withinAMinute(await collectEvidence(context, project, present, watch));
  const { rows, leftOut } = evidence;
  const again = { images: evidence.again.length, ms: msOf(asked) * evidence.again.length };
  const start = { ...NOTHING_FOUND, harder: request.harder, images: rows.length, leftOut, again };
  const found = (part: Found, overrides: Fit['overrides'] = {}): Fit => ({
    report: { ...start, ...part },
    overrides,
  });
  const early = earlyReason(project, evidence);
  const edges = request.edges ? await findEdges(context, rows, { present, watch }) : null;
  if (edges) {
    const { masks } = present.params;
    const name = edges.kind === 'thing' ? 'growThings' : 'growStuff';
    const overrides = { [`masks.${name}`]: masks[name] + edges.pixels };
    return found({ verdict: 'edges', edges }, overrides);
  }
  if (early) return found(early);
  return fitSettings(context, evidence, asked, found);
}

const NOTHING_FOUND: Omit<Fit['report'], 'verdict' | 'harder' | 'images' | 'leftOut' | 'again'> = {
  missing: 0,
  up: 0,
  down: 0,
  alike: 0,
  now: 0,
  then: 0,
  error: 0,
  stable: 0,
  tried: 0,
  changes: [],
  edges: null,
  weak: [],
};

/** What the latest run of the method took; 0 where there was none. */
const msOf = ({ project, present }: Asked): number =>
  latestTimes(project.store).get(present.params.engine) ?? 0;

function earlyReason({ store }: Project, { rows }: Evidence): ReturnType<typeof tooEarly> {
  const doubts = doubtByImage(store);
  // Where every mask of the model was rejected, doubt is at its maximum.
  const most = Math.max(0, ...doubts.values()) + 1;
  const own = rows.map(({ imageId }) => doubts.get(imageId) ?? most);
  const others = [...doubts].filter(([id]) => !rows.some(({ imageId }) => imageId === id));
  return tooEarly(
    { all: [...own, ...others.map(([, doubt]) => doubt)], evidence: own },
    rows.some(({ classes }) => classes.some(({ corrected }) => corrected)),
  );
}

interface Asked {
  readonly project: Project;
  readonly present: Present;
  readonly request: FitRequest;
  readonly watch: Watch;
}

async function fitSettings(
  context: EngineContext,
  { rows }: Evidence,
  { project, present, request, watch }: Asked,
  found: (part: Found, overrides?: Fit['overrides']) => Fit,
): Promise<Fit> {
  const { masks } = present.params;
  const now = settingOf(masks);
  const table = createScores(context, project, rows, { present, watch });
  const price = request.harder ? PRICE * EAGER : PRICE;
  const searched: Searched = { table, now, room: roomOf(rows, present), price };
  const hashes = rows.map(({ hash }) => hash);
  const fit = await fitTable(searched, hashes, table.tried);
  const { verdict, chosen, held, stable } = fit;
  const { up, down, alike, error } = held;
  const part: Found = {
    verdict,
    up,
    down,
    alike,
    error,
    stable,
    now: fit.now,
    then: fit.now + held.mean,
    tried: table.tried().length,
    changes: knobChanges(now, chosen),
    weak: fit.now < WELL ? [] : weakClasses(rows, table, now),
  };
  if (verdict !== 'offer') return found(part);
  const both = [masks, withSetting(masks, chosen)];
  const full = await valuesInFull(context, rows, { present, watch, tries: both });
  // What helps on small images alone is no help.
  if (average(full.map(([before, after]) => after! - before!)) <= 0)
    return found({ ...part, verdict: 'unclear' });
  const changes = Object.entries(changesOf(masks, chosen));
  return found(
    part,
    Object.fromEntries(
      changes.map(([name, value]) => [`masks.${name}`, value]),
    ) as Fit['overrides'],
  );
}

function roomOf(rows: Evidence['rows'], { params, categories }: Present): Searched['room'] {
  const movable = (kind: 'thing' | 'stuff') =>
    new Set(
      categories.filter((one) => one.kind === kind && one.threshold === null).map(({ id }) => id),
    );
  const stuff = movable('stuff');
  const images = rows.filter(({ classes }) =>
    classes.some(({ categoryId }) => stuff.has(categoryId)),
  );
  return {
    stuff: images.length >= LEAST_STUFF,
    // Others do not add their rounds up.
    passes: params.engine === FIRST_ENGINE && rows.every(({ run }) => run.passes.length >= 2),
  };
}

const knobChanges = (now: MaskSetting, then: MaskSetting): KnobChange[] =>
  (Object.keys(now) as (keyof MaskSetting)[])
    .filter((knob) => now[knob] !== then[knob])
    .map((knob) => ({ knob, now: now[knob], then: then[knob] }));

/** All together fit well enough for single classes to stand out. */
const WELL = 0.45;
const BADLY = 0.3;
const IN_IMAGES = 3;

function weakClasses(rows: Evidence['rows'], table: Scores, now: MaskSetting): CategoryId[] {
  const of = new Map<CategoryId, number[]>();
  for (const [image, { classes }] of rows.entries())
    for (const [place, { categoryId }] of classes.entries())
      of.set(categoryId, [...(of.get(categoryId) ?? []), table.overlaps(image, now)[place]!]);
  return [...of]
    .filter(([, overlaps]) => overlaps.length >= IN_IMAGES && average(overlaps) < BADLY)
    .map(([id]) => id);
}
