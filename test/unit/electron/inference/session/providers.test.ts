// The order of execution providers: fall back, remember why, never go back.
import { expect, test } from 'vitest';
import { providerOrder } from '../../../../../electron/inference/session/providers.ts';

const failing =
  (...broken: string[]) =>
  async (provider: string) => {
    if (broken.includes(provider)) throw new Error(`${provider} has no device`);
    return provider;
  };

test('the first provider that works is used, and why the others did not is kept', async () => {
  const left: string[] = [];
  const order = providerOrder(['webgpu', 'dml', 'cpu'], async (provider) => {
    left.push(provider);
  });
  expect(order.provider).toBe('webgpu');
  expect(await order.attempt(failing('webgpu', 'dml'))).toBe('cpu');
  expect(order.provider).toBe('cpu');
  expect(left).toEqual(['webgpu', 'dml']);
  expect(order.failures).toEqual([
    { provider: 'webgpu', reason: 'webgpu has no device' },
    { provider: 'dml', reason: 'dml has no device' },
  ]);
});

test('a provider that fails later is left then, and not tried again', async () => {
  const order = providerOrder(['webgpu', 'cpu']);
  expect(await order.attempt(failing())).toBe('webgpu');
  expect(await order.attempt(failing('webgpu'))).toBe('cpu');
  expect(await order.attempt(failing())).toBe('cpu');
});

test('when all fail, the error has every reason', async () => {
  const order = providerOrder(['webgpu', 'cpu']);
  await expect(order.attempt(failing('webgpu', 'cpu'))).rejects.toThrow(
    'no execution provider could do it (webgpu: webgpu has no device; cpu: cpu has no device)',
  );
});

test('the only provider fails with its own error, and may be tried again', async () => {
  const order = providerOrder(['cpu']);
  await expect(order.attempt(failing('cpu'))).rejects.toThrow(/^cpu has no device$/);
  expect(await order.attempt(failing())).toBe('cpu');
});

test('an empty order is an error', async () => {
  await expect(providerOrder([]).attempt(failing())).rejects.toThrow('was named');
});
