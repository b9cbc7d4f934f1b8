// What the desktop tells the page, and what the page asks of it: commands of the menu, projects, the system's dialog.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooseFolder, chooseProject } from '../../../../renderer/src/panels/openProject.ts';
import type { App } from '../../../../renderer/src/state/app.svelte.ts';
import { followDesktop } from '../../../../renderer/src/window/desktopEvents.ts';

afterEach(() => void vi.unstubAllGlobals());

function bench({
  hasBridge = true,
  nativeDialogs = true,
  modal = false,
  picked = 'h1' as string | null,
} = {}) {
  const done: string[] = [];
  const heard: Record<string, (value: string) => void> = {};
  const listen = (name: string) => (listener: (value: string) => void) => {
    heard[name] = listener;
    return () => void done.push(`stop ${name}`);
  };
  const bridge = {
    onMenu: listen('menu'),
    onOpenProject: listen('project'),
    pick: (kind: string) => (done.push(`pick ${kind}`), Promise.resolve(picked)),
  };
  vi.stubGlobal('window', hasBridge ? { salience: bridge } : {});
  vi.stubGlobal('document', { querySelector: () => (modal ? {} : null) });
  const app = {
    dialog: null as string | null,
    session: { nativeDialogs },
    run: (id: string) => void done.push(`run ${id}`),
    openFile: (file: string) => void done.push(`file ${file}`),
    openFolder: (folder: string) => void done.push(`folder ${folder}`),
    attempt: (work: () => Promise<void>) => work(),
  };
  return { app, of: app as unknown as App, done, heard };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the desktop', () => {
  test('has commands run that there are, while no dialog is open', () => {
    const { of, done, heard } = bench();
    followDesktop(of, () => Promise.resolve());
    heard['menu']!('image.next');
    heard['menu']!('no.such');
    expect(done).toEqual(['run image.next']);
    const behind = bench({ modal: true });
    followDesktop(behind.of, () => Promise.resolve());
    behind.heard['menu']!('image.next');
    expect(behind.done).toEqual([]);
  });

  test('has a project opened once the engine answers, until nobody follows', async () => {
    const { of, done, heard } = bench();
    const { promise, resolve } = Promise.withResolvers<void>();
    const stop = followDesktop(of, () => promise);
    heard['project']!('a.salience');
    await settled();
    expect(done).toEqual([]);
    resolve();
    await settled();
    stop();
    expect(done).toEqual(['file a.salience', 'stop menu', 'stop project']);
  });

  test('is nothing to follow in a browser', () => {
    const { of, done } = bench({ hasBridge: false });
    followDesktop(of, () => Promise.resolve())();
    expect(done).toEqual([]);
  });
});

describe('choosing what to open', () => {
  test("asks in the system's dialog, and nothing happens where nothing is chosen", async () => {
    const { app, of, done } = bench();
    chooseProject(of);
    chooseFolder(of);
    await settled();
    expect(done).toEqual(['pick project', 'pick folder', 'file h1', 'folder h1']);
    expect(app.dialog).toBeNull();
    const none = bench({ picked: null });
    chooseProject(none.of);
    await settled();
    expect(none.done).toEqual(['pick project']);
  });

  test.each([{ hasBridge: false }, { nativeDialogs: false }])(
    'has a dialog of the page where there is none: %j',
    (given) => {
      const { app, of, done } = bench(given);
      chooseProject(of);
      expect(app.dialog).toBe('openProject');
      chooseFolder(of);
      expect(app.dialog).toBe('openFolder');
      expect(done).toEqual([]);
    },
  );
});
