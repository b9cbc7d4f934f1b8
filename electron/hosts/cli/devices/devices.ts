// `salience devices …`: where models run, how fast and how exactly, and the choice of both.
import type {
  DeviceReport,
  DeviceSummary,
  Precision,
  PrecisionReport,
} from '../../../api/model.ts';
import type { Engine } from '../../../engine/engine.ts';
import { deviceName } from '../../../link/words/deviceWords.ts';
import { callEngine, startEngine } from '../../startEngine.ts';
import { EXIT, onInterrupt, STOP } from '../terminal/exit.ts';
import { UsageError } from '../arguments/usageError.ts';
import { say, tell } from '../terminal/lines.ts';

export interface PrecisionWords {
  readonly pack?: string;
  readonly yes?: boolean;
}

const NAMES: { readonly [precision in Precision]: string } = {
  f32: 'f32   full',
  f16: 'f16   half',
  int8: 'int8  8-bit weights',
};

/** What a self-test said of a device, in one line. */
export function deviceLine({
  provider,
  works,
  reason,
  speedup,
  steps,
  half,
}: DeviceReport): string {
  const name = deviceName(provider);
  if (!works) return `${name}: ${reason ?? 'not tested'}`;
  const speed = speedup === null ? '' : `, ${speedup.toFixed(2)} times the CPU's speed`;
  const share = steps === null ? '' : `, ${steps.own} of ${steps.all} steps ran on it`;
  const precision = half === false ? ', not in half precision' : '';
  return `${name} works${speed}${share}${precision}`;
}

export const list = () =>
  withEngine(async ({ engine }) => {
    print(await callEngine(engine, 'device.list', {}));
    return EXIT.ok;
  });

export const test = (provider: string | null) =>
  withEngine(async ({ engine, signal }) => {
    const summary = await callEngine(
      engine,
      'device.test',
      { provider },
      { signal, onProgress: ({ stage }) => tell(`Testing ${deviceName(stage)}`) },
    );
    print(summary);
    return EXIT.ok;
  });

export const use = (provider: string) =>
  withEngine(async ({ engine }) => {
    const { devices } = await callEngine(engine, 'device.list', {});
    const known = devices.find((one) => one.provider === provider);
    if (provider !== 'auto' && !known)
      throw new UsageError(
        `There is no device ${provider}. Choose one of auto, ${devices.map((one) => one.provider).join(', ')}.`,
      );
    if (known && !known.offered)
      throw new UsageError(`${deviceName(provider)} is not on this system. ${known.reason ?? ''}`);
    await callEngine(engine, 'settings.set', { provider });
    say((await callEngine(engine, 'device.list', {})).reason);
    return EXIT.ok;
  });

/** Compares a precision with full precision, shows it, and chooses it only when asked to. */
export const precision = (wanted: string | null, { pack, yes }: PrecisionWords) =>
  withEngine(async ({ engine, signal }) => {
    const { packId, chosen } = await callEngine(engine, 'device.list', {});
    const id = pack ?? packId;
    const known = await callEngine(engine, 'model.precision', { id, measure: null });
    if (wanted === null) {
      const { precision: used } = await callEngine(engine, 'settings.get', {});
      for (const one of known.reports) say(precisionLine(one, one.precision === used));
      return EXIT.ok;
    }
    const report = known.reports.find((one) => one.precision === wanted);
    if (!report) throw new UsageError(`There is no precision ${wanted}: f32, f16 or int8.`);
    if (!report.offered) throw new UsageError(`${report.reason ?? 'Not offered here.'}`);
    const measured =
      report.precision === 'f32' ? report : await measure(engine, id, report, signal);
    say(`${id} on ${deviceName(chosen)}`);
    say(precisionLine(measured, yes === true));
    if (yes) await callEngine(engine, 'settings.set', { precision: report.precision });
    else say('Nothing was changed. Add --yes to use it from now on.');
    return EXIT.ok;
  });

async function measure(
  engine: Engine,
  id: string,
  { precision: wanted, agreement }: PrecisionReport,
  signal: AbortSignal,
): Promise<PrecisionReport> {
  if (wanted === 'f32') throw new Error('full precision is what others are measured against');
  // What was measured of these very files on this device still holds.
  const again = agreement === null ? wanted : null;
  if (again) tell('Running the sample scenes in full precision and in this one.');
  const { reports } = await callEngine(
    engine,
    'model.precision',
    { id, measure: again },
    { signal },
  );
  const found = reports.find((one) => one.precision === wanted);
  if (!found) throw new Error(`no report for ${wanted}`);
  return found;
}

function precisionLine(report: PrecisionReport, used: boolean): string {
  const { precision: name, offered, reason, deviation, agreement, scenes } = report;
  const percent = (share: number) => `${(share * 100).toFixed(2)} %`;
  const facts = !offered
    ? (reason ?? 'not offered')
    : name === 'f32'
      ? 'the reference'
      : agreement === null || deviation === null
        ? 'not measured yet'
        : `maps differ by at most ${percent(deviation)}, ${percent(agreement)} same labels on ${scenes} sample scenes`;
  return `${used ? '*' : ' '} ${NAMES[name].padEnd(20)} ${facts}`;
}

function print({ devices, chosen, reason, packId }: DeviceSummary): void {
  for (const report of devices)
    say(`${report.provider === chosen ? '*' : ' '} ${deviceLine(report)}`);
  say(`${reason} Pack: ${packId}.`);
}

async function withEngine(
  work: (tools: { engine: Engine; signal: AbortSignal }) => Promise<number>,
): Promise<number> {
  const interrupt = onInterrupt(STOP.look, tell);
  const engine = await startEngine({ kind: 'commandLine', log: () => {} });
  try {
    return await work({ engine, signal: interrupt.signal });
  } finally {
    interrupt.release();
    await engine.close();
  }
}
