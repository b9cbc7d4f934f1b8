// What a self-test said of a device, in one line.
import { expect, it } from 'vitest';
import type { DeviceReport } from '../../../../../../electron/api/model.ts';
import { deviceLine } from '../../../../../../electron/hosts/cli/devices/devices.ts';

const report = (more: Partial<DeviceReport> = {}): DeviceReport =>
  ({
    provider: 'cuda',
    offered: true,
    works: true,
    reason: null,
    speedup: null,
    steps: null,
    half: null,
    ...more,
  }) as DeviceReport;

it.each<[Partial<DeviceReport>, RegExp]>([
  [{}, /works$/],
  [{ speedup: 3.456 }, /works, 3\.46 times the CPU's speed$/],
  [{ steps: { own: 30, all: 40 } as never }, /works, 30 of 40 steps ran on it$/],
  [{ half: false }, /works, not in half precision$/],
  [{ half: true }, /works$/],
  [{ works: false, reason: 'The driver is too old.' }, /: The driver is too old\.$/],
  [{ works: false }, /: not tested$/],
])('%j', (more, line) => {
  expect(deviceLine(report(more))).toMatch(line);
});
