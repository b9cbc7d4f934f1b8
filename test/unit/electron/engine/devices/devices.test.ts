// Devices: self-tests that survive crashes, the automatic choice, causes in plain words.
import { describe, expect, it, test } from 'vitest';
import type { DeviceReport } from '../../../../../electron/api/model.ts';
import { AppError } from '../../../../../electron/api/errors.ts';
import { chooseDevice } from '../../../../../electron/engine/devices/choose.ts';
import { offeredDevices } from '../../../../../electron/engine/devices/offered.ts';
import { precisionReports } from '../../../../../electron/engine/devices/precisions.ts';
import { NO_RECORDS, recordOf, reportsOf } from '../../../../../electron/engine/devices/records.ts';
import { selfTest } from '../../../../../electron/engine/devices/selfTest.ts';
import { createInferenceHost } from '../../../../../electron/engine/inferenceLink/host.ts';
import {
  memoryProcesses,
  type MemoryProcesses,
} from '../../../../../electron/engine/inferenceLink/memory.ts';
import type { DeviceMeasure } from '../../../../../electron/link/facts.ts';
import { plainReason } from '../../../../../electron/link/words/deviceWords.ts';

const PACK = { id: 'p', folder: '/p', provider: 'cpu', threads: 0, precision: 'f32' } as const;

function measured(milliseconds: number, off = 0): DeviceMeasure {
  return {
    values: Float32Array.of(1, 0.5 + off),
    milliseconds,
    steps: { own: 3, all: 4 },
    half: true,
    clickMs: null,
  };
}

async function tested(
  answers: { readonly [provider: string]: () => DeviceMeasure },
  crashing: readonly string[] = [],
) {
  let processes: MemoryProcesses | null = null;
  processes = memoryProcesses({
    'device.measure': async ({ provider }) => {
      if (crashing.includes(provider)) {
        processes?.crash();
        await new Promise(() => {});
      }
      return answers[provider]!();
    },
  });
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const link = createInferenceHost({ spawn: processes.spawn, log });
  const reports = await selfTest(
    { link, log, pack: PACK, signal: new AbortController().signal, onDevice: () => {} },
    ['cpu', ...new Set([...crashing, ...Object.keys(answers)].filter((one) => one !== 'cpu'))],
  );
  const status = link.status();
  await link.close();
  return { reports: new Map(reports.map((one) => [one.provider, one])), lines, status };
}

describe('the self-test', () => {
  it('compares with the CPU and tells speed, error and what ran', async () => {
    const { reports } = await tested({ cpu: () => measured(80), webgpu: () => measured(20, 1e-4) });
    expect(reports.get('webgpu')).toMatchObject({
      works: true,
      state: 'passed',
      speedup: 4,
      steps: { own: 3, all: 4 },
    });
    expect(reports.get('webgpu')!.largestError).toBeCloseTo(1e-4, 6);
  });

  it('does not take a device at its word that gives other maps', async () => {
    const { reports } = await tested({ cpu: () => measured(80), cuda: () => measured(1, 0.2) });
    expect(reports.get('cuda')).toMatchObject({ works: false, state: 'differs' });
  });

  it('goes on after three devices in a row have crashed the process, and says so', async () => {
    const { reports, status } = await tested(
      { cpu: () => measured(80), webgpu: () => measured(40) },
      ['cuda', 'dml', 'coreml'],
    );
    for (const provider of ['cuda', 'dml', 'coreml'])
      expect(reports.get(provider)).toMatchObject({ works: false, state: 'crashed' });
    expect(reports.get('webgpu')!.state).toBe('passed');
    expect(status.state).not.toBe('broken');
  });

  it('keeps the runtime’s own words for the log and a sentence for people', async () => {
    const raw =
      '/onnxruntime_src/core/x.cc:136 Failed to get a WebGPU adapter: No supported adapters';
    const { reports, lines } = await tested({
      cpu: () => measured(80),
      webgpu: () => {
        throw new AppError('DEVICE_FAILED', plainReason('webgpu', raw), { data: { raw } });
      },
    });
    expect(reports.get('webgpu')!.reason).toContain('no graphics card');
    expect(reports.get('webgpu')!.reason).not.toContain('.cc');
    expect(lines.some((line) => line.includes('x.cc:136'))).toBe(true);
  });
});

const report = (provider: string, more: Partial<DeviceReport> = {}): DeviceReport => ({
  provider,
  offered: true,
  works: true,
  state: 'passed',
  reason: null,
  milliseconds: 1,
  speedup: 1,
  largestError: 0,
  steps: null,
  half: null,
  clickMs: null,
  ...more,
});

describe('the automatic choice', () => {
  it('takes the fastest that passed and says how many did', () => {
    const chosen = chooseDevice('auto', [
      report('cpu'),
      report('webgpu', { speedup: 3 }),
      report('cuda', { speedup: 9, works: false, state: 'differs' }),
    ]);
    expect(chosen).toMatchObject({
      provider: 'webgpu',
      reason: 'WebGPU was chosen: fastest of 2 that passed.',
    });
  });
  it('stays on the CPU when nothing is faster, and before anything was tested', () => {
    expect(
      chooseDevice('auto', [report('cpu'), report('webgpu', { speedup: 0.01 })]).provider,
    ).toBe('cpu');
    const untested = reportsOf(recordOf(NO_RECORDS, 'p', 'h'), 'linux', 'x64');
    expect(chooseDevice('auto', untested)).toMatchObject({
      provider: 'cpu',
      reason: 'No device has been tested yet.',
    });
  });
  it('a device set by hand is used, with its failed test named; one of another system is not', () => {
    const failed = report('webgpu', { works: false, state: 'failed' });
    expect(chooseDevice('webgpu', [report('cpu'), failed])).toMatchObject({
      provider: 'webgpu',
      reason: 'WebGPU is set by hand. It failed its self-test.',
    });
    const away = report('dml', { works: false, offered: false, state: 'notHere' });
    expect(chooseDevice('dml', [report('cpu'), away]).provider).toBe('cpu');
    const byHand = (more: Partial<DeviceReport>) =>
      chooseDevice('webgpu', [report('cpu'), report('webgpu', more)]).reason;
    expect(byHand({})).toBe('WebGPU is set by hand.');
    expect(byHand({ works: false, state: 'untested' })).toBe('WebGPU is set by hand.');
    expect(chooseDevice('webgpu', [])).toMatchObject({
      provider: 'webgpu',
      reason: 'WebGPU is set by hand.',
    });
  });
  it('counts only what was tested here, and a tenth faster is enough', () => {
    const auto = (...others: readonly DeviceReport[]) =>
      chooseDevice('auto', [report('cpu'), ...others]);
    expect(auto(report('webgpu', { speedup: 1.1 })).provider).toBe('webgpu');
    const slow = auto(report('webgpu', { speedup: 1.09 }));
    expect(slow).toMatchObject({
      provider: 'cpu',
      reason: 'CPU was chosen: nothing that passed is clearly faster.',
    });
    const failed = report('webgpu', { speedup: 5, works: false, state: 'failed' });
    expect(auto(failed).reason).toBe('CPU was chosen: no other device passed its self-test.');
    const skipped = (state: DeviceReport['state']) => auto(report('cuda', { state, speedup: 9 }));
    expect([skipped('untested').provider, skipped('notHere').provider]).toEqual(['cpu', 'cpu']);
    expect(auto(report('webgpu', { speedup: 2 }), report('cuda', { speedup: 3 })).reason).toBe(
      'CUDA was chosen: fastest of 3 that passed.',
    );
    // Where the first is the fastest, the next one does not take its place.
    expect(auto(report('cuda', { speedup: 3 }), report('webgpu', { speedup: 2 })).provider).toBe(
      'cuda',
    );
    expect(auto(report('webgpu', { speedup: null })).provider).toBe('cpu');
  });
});

test('what was measured of other files of a pack counts no longer', () => {
  const records = {
    version: 1 as const,
    packs: { p: { packHash: 'old', testedAt: 't', devices: [report('webgpu')], precisions: {} } },
  };
  expect(recordOf(records, 'p', 'old').devices.length).toBe(1);
  expect(recordOf(records, 'p', 'new').devices).toEqual([]);
});

test('8-bit weights are for the CPU, half precision for the others', () => {
  const record = recordOf(NO_RECORDS, 'p', 'h');
  const offered = (chosen: string, devices: readonly DeviceReport[] = []) =>
    precisionReports(record, chosen, devices, 1000)
      .filter((one) => one.offered)
      .map((one) => one.precision);
  expect(offered('cpu')).toEqual(['f32', 'int8']);
  expect(offered('cuda')).toEqual(['f32', 'f16']);
  // A card that cannot calculate in it, as its self-test found.
  expect(offered('webgpu', [report('webgpu', { half: true })])).toEqual(['f32', 'f16']);
  expect(offered('webgpu', [report('webgpu', { half: false })])).toEqual(['f32']);
});

test.each([
  ['linux', 'x64', ['cpu', 'cuda', 'webgpu']],
  ['linux', 'arm64', ['cpu']],
  ['win32', 'x64', ['cpu', 'dml', 'webgpu']],
  ['darwin', 'arm64', ['cpu', 'coreml', 'webgpu']],
] as const)('%s on %s offers what its build has', (platform, arch, expected) => {
  const here = offeredDevices(platform, arch).filter(({ notHere }) => notHere === null);
  expect(here.map(({ provider }) => provider)).toEqual(expected);
});

test.each([
  ['Failed to get a WebGPU adapter: No supported adapters', 'no graphics card'],
  ['OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library', 'not installed'],
  ['libcudnn.so.9: cannot open shared object file', 'cuDNN'],
  ['/src/allocator.cc:30 std::bad_alloc', 'out of memory'],
  ['Program Slice requires f16 but the device does not support it', 'half precision'],
  ['/onnxruntime_src/x.cc:1 something entirely new', 'The log has the details'],
])('"%s" is told in plain words', (raw, words) => {
  const said = plainReason('webgpu', raw);
  expect(said).toContain(words);
  expect(said).not.toMatch(/\.cc|_src|::/);
});
