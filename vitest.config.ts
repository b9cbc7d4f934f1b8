// One runner for every suite; a project per kind of test so that one kind can run alone.
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const suite = (
  name: string,
  include: string[],
  timeoutMs: number,
  more: { readonly retry?: number; readonly globalSetup?: string[] } = {},
) => ({
  extends: true as const,
  test: {
    name,
    include,
    environment: 'node' as const,
    testTimeout: timeoutMs,
    hookTimeout: timeoutMs,
    ...more,
  },
});

export default defineConfig({
  plugins: [svelte({ configFile: false, compilerOptions: { dev: true } })],
  resolve: {
    // Svelte's client runtime, also under Node (components are tested in Chromium by e2e).
    conditions: ['browser'],
    // Requiring the real package fetches a binary; every test sees the stand-in.
    alias: {
      electron: fileURLToPath(new URL('./test/helpers/standIns/electronMock.ts', import.meta.url)),
    },
  },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A shared machine may be slow; a poll that never comes true fails all the same.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      suite('unit', ['test/unit/**/*.test.ts'], 60_000),
      suite('property', ['test/property/**/*.test.ts'], 120_000),
      suite('golden', ['test/golden/**/*.test.ts'], 240_000),
      // Limits are for what hangs: these start whole programs, on a machine that may be busy with others.
      suite('contract', ['test/contract/**/*.test.ts'], 240_000, {
        globalSetup: ['test/helpers/drivers/clusterPattern.ts'],
      }),
      // A browser on a busy machine may stall for seconds; the closing lines name what needed a second try.
      suite('e2e', ['test/e2e/**/*.test.ts'], 240_000, { retry: 1 }),
    ],
  },
});
