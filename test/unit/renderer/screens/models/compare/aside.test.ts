// The evidence of a method from the comparison: what is shown meanwhile, and that everything comes back.
import { expect, it } from 'vitest';
import type { RunSummary } from '../../../../../../electron/api/run.ts';
import { asideOf } from '../../../../../../renderer/src/screens/models/compare/aside.svelte.ts';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';

function bench() {
  const asked: unknown[] = [];
  const own = { runId: 'own' } as RunSummary;
  const document = {
    image: { id: 1 },
    run: own as RunSummary | null,
    reload: async () => void (document.run = own),
  };
  const app = {
    session: {
      scope: null,
      call: async (method: string, input: unknown) => {
        asked.push([method, input]);
        return { run: { runId: 'other' } };
      },
    },
    prelabel: { params: { preset: 'pack', engine: 'pnp', overrides: {} }, asked: [], aside: null },
    document,
    dialog: 'compare' as string | null,
    screen: 'label',
    go: (screen: string) => void (app.screen = screen),
  };
  return { app, asked, own, aside: asideOf(app as unknown as App) };
}

it('shows the run of another method, and asks for nothing to be written', async () => {
  const { app, asked, aside } = bench();
  await aside.open('car');
  const params = { preset: 'pack', engine: 'car', overrides: {} };
  expect(asked).toEqual([
    ['prelabel.run', { imageId: 1, classes: [], params, commit: false, aside: true }],
  ]);
  expect([app.document.run?.runId, app.screen, app.dialog]).toEqual(['other', 'evidence', null]);
  expect(app.prelabel.aside).toEqual(params);
});

it('goes back to the comparison, with the run and the settings that were there', async () => {
  const { app, own, aside } = bench();
  await aside.open('car');
  aside.leave();
  await aside.close();
  expect([app.document.run, app.screen, app.dialog]).toEqual([own, 'label', 'compare']);
  expect(app.prelabel.aside).toBeNull();
});

it('leaves alone what came in its place', async () => {
  const { app, aside } = bench();
  await aside.open('car');
  const newer = { runId: 'newer' } as RunSummary;
  app.document.run = newer;
  await aside.close();
  expect([app.document.run, app.prelabel.aside]).toEqual([newer, null]);
});
