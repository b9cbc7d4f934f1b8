// While an image is gone to, its picture is what is waited for: at no moment are thumbnails free to be asked for.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../../electron/api/settings.ts';
import { App } from '../../../../../renderer/src/state/app.svelte.ts';
import { awaitsPicture } from '../../../../../renderer/src/state/view/pictureFirst.ts';

const TOTAL = 400;
const record = (id: number) => ({ id, name: `${id}.png`, problem: null, width: 10, height: 10 });

/** A window over an engine of a few lines that answers each question a moment later. */
function bench() {
  const asked: string[] = [];
  const answers: { [method: string]: (input: never) => unknown } = {
    'project.summary': () => ({ id: 'a', images: TOTAL, revision: 1, categories: [] }),
    'image.list': ({ cursor, limit }: { cursor: number; limit: number }) => ({
      total: TOTAL,
      images: Array.from({ length: limit }, (_, i) => record(cursor + i + 1)),
    }),
    'image.open': ({ imageId }: { imageId: number }) => ({
      image: record(imageId),
      url: `/media/image/${imageId}`,
      scaledUrl: '',
      tileUrl: null,
      annotations: [],
      run: null,
      parked: [],
      revision: 1,
    }),
    'model.list': () => ({ packs: [] }),
    'doc.history': () => ({ entries: [], canUndo: null, canRedo: null }),
  };
  const client = {
    onClose: () => {},
    close: () => {},
    subscribe: () => () => {},
    request: async (method: string, input: never) => {
      asked.push(method);
      await new Promise((resolve) => setTimeout(resolve));
      return answers[method]!(input);
    },
  };
  const hello = { settings: DEFAULT_SETTINGS, projectOpen: true };
  const app = new App(async () => ({ hello, client }) as never, null);
  return { app, asked };
}

/** Whether the picture is waited for, at every turn of the queue until `way` ends. */
async function waitsUntil(app: App, way: Promise<unknown>): Promise<boolean[]> {
  const seen: boolean[] = [];
  let ended = false;
  const end = () => (ended = true);
  void way.then(end, end);
  while (!ended) {
    seen.push(awaitsPicture(app));
    await (seen.length % 50 === 0 ? new Promise((go) => setTimeout(go)) : Promise.resolve());
  }
  await way;
  return seen;
}

// Where a browser has its address.
beforeEach(() => {
  vi.stubGlobal('location', { hash: '' });
  vi.stubGlobal('history', { replaceState: () => undefined });
});
afterEach(() => vi.unstubAllGlobals());

it('opening a project, and a jump to a row that was never looked at, wait for the picture throughout', async () => {
  const { app, asked } = bench();
  await app.session.open();
  const opening = await waitsUntil(app, app.start());
  expect(app.document.image?.id).toBe(1);
  // From the first rows on, and until Label has the picture itself.
  expect(opening.slice(opening.indexOf(true))).not.toContain(false);
  app.photo.here = app.document.url;
  expect(awaitsPicture(app)).toBe(false);

  const before = asked.length;
  const jump = await waitsUntil(app, app.openIndex(TOTAL - 1));
  expect(asked.slice(before)).toContain('image.list');
  expect(app.document.image?.id).toBe(TOTAL);
  expect(jump).not.toContain(false);
  expect(awaitsPicture(app)).toBe(true);
});

it('thumbnails come where no picture can be had, and on other screens', async () => {
  const { app } = bench();
  await app.start();
  app.document.problem = new Error('cannot be read');
  expect(awaitsPicture(app)).toBe(false);
  app.document.problem = null;
  app.session.screen = 'evidence';
  expect(awaitsPicture(app)).toBe(false);
});
