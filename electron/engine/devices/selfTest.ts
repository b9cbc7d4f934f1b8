// The self-test: each device explains the test image in the inference process, one request per
// device, so that a native crash costs that process and reads like any other failure.
import { AppError } from '../../api/errors.ts';
import type { DeviceReport } from '../../api/model.ts';
import { deviceWords, type DeviceReason } from '../../api/said/deviceWords.ts';
import { say } from '../../api/said/said.ts';
import type { DeviceMeasure, PackChoice } from '../../link/facts.ts';
import { largestDifference } from '../../link/mapDifference.ts';
import { causeOf, deviceName } from '../../link/words/deviceWords.ts';
import type { InferenceLink } from '../inferenceLink/link.ts';

/** Largest difference of token maps, relative to the largest value, that still counts as agreement. */
const TOLERANCE = 1e-2;

export interface SelfTest {
  readonly link: InferenceLink;
  readonly log: (line: string) => void;
  readonly pack: PackChoice;
  readonly signal: AbortSignal;
  /** Called before each device. */
  readonly onDevice: (provider: string, done: number, total: number) => void;
}

/**
 * Tests `providers`; the processor is always run first, because the others are compared with it.
 * Rejects only when the processor fails or the signal aborts.
 */
export async function selfTest(
  test: SelfTest,
  providers: readonly string[],
): Promise<DeviceReport[]> {
  const others = providers.filter((provider) => provider !== 'cpu');
  const total = 1 + others.length;
  test.onDevice('cpu', 0, total);
  const reference = await measure(test, 'cpu');
  const reports: DeviceReport[] = [report('cpu', reference, reference)];
  for (const [index, provider] of others.entries()) {
    test.signal.throwIfAborted();
    test.onDevice(provider, index + 1, total);
    try {
      reports.push(report(provider, await measure(test, provider), reference));
    } catch (error) {
      test.signal.throwIfAborted();
      reports.push(failed(provider, error, test.log));
      // Also closes the breaker: a device that crashes says nothing about the others.
      if (isCrash(error)) await test.link.restart();
    }
  }
  return reports;
}

const measure = ({ link, pack, signal }: SelfTest, provider: string): Promise<DeviceMeasure> =>
  link.request('device.measure', { pack, provider }, { signal });

/** Codes whose message is a sentence for people already. */
const SAID: readonly string[] = ['DEVICE_FAILED', 'RUNTIME_MISSING'];

const isCrash = (error: unknown) =>
  error instanceof AppError &&
  (error.code === 'INFERENCE_EXITED' || error.code === 'INFERENCE_UNAVAILABLE');

function report(provider: string, own: DeviceMeasure, reference: DeviceMeasure): DeviceReport {
  const largestError = largestDifference(reference.values, own.values);
  const agrees = largestError <= TOLERANCE;
  const why = agrees ? null : differing(largestError);
  return {
    provider,
    offered: true,
    works: agrees,
    state: agrees ? 'passed' : 'differs',
    reason: why && say(deviceWords, why),
    why,
    milliseconds: own.milliseconds,
    speedup: reference.milliseconds / own.milliseconds,
    largestError: Number.isFinite(largestError) ? largestError : null,
    steps: own.steps,
    half: own.half,
    clickMs: own.clickMs,
  };
}

const differing = (largestError: number): DeviceReason =>
  Number.isFinite(largestError)
    ? { code: 'differs', values: [Number((largestError * 100).toPrecision(2))] }
    : { code: 'noNumbers', values: [] };

/** The runtime's own words, where the model process passed them on. */
function rawWords(error: unknown): string | null {
  const data = error instanceof AppError ? error.data : null;
  return data !== null && typeof data === 'object' && 'raw' in data ? String(data['raw']) : null;
}

/** What the model process found out; null where it said it in a sentence only. */
function saidWhy(error: unknown, cause: DeviceReason): DeviceReason | null {
  const isSaid = error instanceof AppError && SAID.includes(error.code);
  return isSaid && rawWords(error) === null ? null : cause;
}

function failed(provider: string, error: unknown, log: (line: string) => void): DeviceReport {
  const message = error instanceof Error ? error.message : String(error);
  log(`device ${provider}: ${rawWords(error) ?? message}`);
  const crashed = isCrash(error);
  const why: DeviceReason | null = crashed
    ? { code: 'crashed', values: [deviceName(provider)] }
    : saidWhy(error, causeOf(provider, rawWords(error) ?? message));
  return {
    provider,
    offered: true,
    works: false,
    state: crashed ? 'crashed' : 'failed',
    reason: why ? say(deviceWords, why) : message,
    why,
    milliseconds: null,
    speedup: null,
    largestError: null,
    steps: null,
    half: null,
    clickMs: null,
  };
}
