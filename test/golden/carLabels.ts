// Labels of the CLIP as RNN cases: probabilities from the last round's maps, the dense CRF on the plain
// picture and on the published program's wrapped one, things painted over stuff.
import { join } from 'node:path';
import { ensureWasm } from '../../build/wasm.ts';
import { argmaxPlanes } from '../../electron/inference/crf/labels.ts';
import type { CrfParameters } from '../../electron/inference/crf/parameters.ts';
import { createWasmCrf } from '../../electron/inference/crf/wasmCrf.ts';
import { withComplement } from '../../electron/inference/engines/rounds/probabilities.ts';
import { probabilityScores } from '../../electron/inference/crf/unary.ts';
import { readNpyAs } from '../helpers/fixtures/npy.ts';
import type { CarCase, CarRun } from './carCase.ts';

/** As for the CRF alone. */
const Q_TOLERANCE = 5e-3;
const PROBABILITIES = 2e-4;
const ITERATIONS = 10;
/** Of pixels that are not marked as unstable; as for the CRF alone. */
const LABELS_APART = 1e-3;

const CRF: CrfParameters = {
  gaussianDeviationPx: 1,
  gaussianWeight: 3,
  bilateralDeviationPx: 67,
  bilateralDeviationRgb: 3,
  bilateralWeight: 4,
};

/** Both label maps, from the stored maps of each run's last round. */
export async function checkCarLabels(one: CarCase, runs: readonly CarRun[]): Promise<void> {
  await ensureWasm();
  const { folder, list } = one;
  for (const [picture, suffix] of [
    ['crf_image', ''],
    ['image', '_plain'],
  ] as const) {
    const solved = runs.map((run) => channelsOf(one, run, picture, suffix));
    const labels = solved[0]?.slice() ?? new Uint8Array();
    // Things stay on top of stuff.
    for (const over of solved.slice(1))
      over.forEach((label, at) => {
        if (labels[at] === 0) labels[at] = label;
      });
    const ignored = readNpyAs(join(folder, `expected/unstable_pixels${suffix}.npy`), 'u1').data;
    const recorded = readNpyAs(join(folder, `expected/labels${suffix}.npy`), 'u1').data;
    list.same(`labels${suffix}`, labels, recorded, { ignored, allowed: LABELS_APART });
  }
}

function channelsOf(one: CarCase, run: CarRun, picture: string, suffix: string): Uint8Array {
  const { folder, meta, list } = one;
  const rounds = meta.rounds[run.name] ?? [];
  const last = rounds.at(-1);
  const { data, shape } = readNpyAs(
    join(folder, `expected/${run.prefix}round_${rounds.length - 1}/maps.npy`),
    'f4',
  );
  const [count, height, width] = shape as readonly number[] as [number, number, number];
  const pixels = width * height;
  const maps = Array.from({ length: count }, (_, at) =>
    data.subarray(at * pixels, (at + 1) * pixels),
  );
  const { settings } = meta;
  const factor = (run.name === 'stuff' ? settings.stuff_bg_factor : settings.bg_factor) ?? 1;
  const planes = withComplement(maps, pixels, factor);
  const recorded = (name: string) =>
    readNpyAs(join(folder, `expected/${run.prefix}${name}.npy`), 'f4').data;
  list.close(`${run.prefix}crf_prob`, planes, recorded('crf_prob'), PROBABILITIES);
  const image = readNpyAs(join(folder, pictureFile(run, picture)), 'u1').data;
  const crf = createWasmCrf({ width, height, data: image }, CRF);
  crf.startFromScores(probabilityScores(planes), 1 + count, 1);
  for (let step = 0; step < ITERATIONS; step++) crf.step();
  const q = crf.q();
  crf.dispose();
  list.close(`${run.prefix}crf_q${suffix}`, q, recorded(`crf_q${suffix}`), Q_TOLERANCE);
  const ids =
    (run.name === 'stuff' ? settings.stuff_ids : settings.ids) ??
    last?.queries.map((_, at) => at) ??
    [];
  const all = run.name === 'things' && !settings.ids ? null : ids;
  return argmaxPlanes(q, 1 + count).map((channel) => {
    if (channel === 0) return 0;
    const query = last?.queries[channel - 1] ?? 0;
    return 1 + (all ? (all[query] ?? 0) : query);
  });
}

const pictureFile = (run: CarRun, picture: string): string =>
  picture === 'image' ? 'image.npy' : `expected/${run.prefix}${picture}.npy`;
