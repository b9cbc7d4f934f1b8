// What a window knows of its project: made new with every other project, true to the engine, and not
// touched by news of a project that another window opened.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type { EventName, Events } from '../../../../../electron/api/events.ts';
import type { CategoryId, ProjectId, Revision } from '../../../../../electron/api/types.ts';
import { DEFAULT_SETTINGS } from '../../../../../electron/api/settings.ts';
import { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';
import { categoryNamed } from '../../../../helpers/drivers/toolBench.ts';
import type { ProjectSummary } from '../../../../../electron/api/methods/project.ts';

const summary = (id: string, more: Partial<ProjectSummary> = {}) =>
  ({
    id: id as ProjectId,
    name: id,
    revision: 1 as Revision,
    readOnly: false,
    scanning: false,
    categories: [categoryNamed(1, 'cup')],
    ...totals(1, 0),
    ...more,
  }) as ProjectSummary;

const totals = (asOf: number, reviewed: number) => ({
  asOf,
  images: 8,
  counts: { untouched: 8 - reviewed, proposals: 0, inProgress: 0, reviewed },
  proposals: 0,
  doubtful: 0,
});

/** A session over an engine of a few lines. */
async function bench() {
  const listeners: [EventName, (payload: never) => void][] = [];
  const asked: { method: string; input: unknown }[] = [];
  let now = summary('a');
  let refusal: Error | null = null;
  const session = new Session('me', async () => ({
    hello: {
      engineVersion: '1',
      nativeDialogs: false,
      showsFiles: false,
      settings: DEFAULT_SETTINGS,
      projectOpen: true,
    } as never,
    client: {
      onClose: () => {},
      close: () => {},
      subscribe: (event: EventName, listener: (payload: never) => void) => {
        listeners.push([event, listener]);
        return () => {};
      },
      request: async (method: string, input: unknown) => {
        asked.push({ method, input });
        if (method === 'category.save' && refusal) throw refusal;
        if (method === 'category.save') return { categories: now.categories };
        return method === 'model.list' ? { packs: [] } : now;
      },
    } as never,
  }));
  await session.open();
  const tell = <E extends EventName>(event: E, payload: Partial<Events[E]>) => {
    for (const [name, listener] of listeners) if (name === event) listener(payload as never);
  };
  return {
    session,
    asked,
    tell,
    set: (next: ProjectSummary) => (now = next),
    refuse: (error: Error) => (refusal = error),
  };
}

describe('the scope of a project', () => {
  it('is another one for another project, and the same for the same', async () => {
    const { session } = await bench();
    const first = session.scope!;
    first.categoryId = 1 as CategoryId;
    first.filterWords = 'status:reviewed';
    session.show(summary('a', { revision: 9 as Revision }));
    expect(session.scope).toBe(first);
    session.show(summary('b'));
    expect(first.signal.aborted).toBe(true);
    expect(session.scope).toMatchObject({ categoryId: null, filter: {}, revision: 1 });
    session.show(summary('a'));
    expect(session.scope!.categoryId).toBeNull();
    session.show(null);
    expect(session.project).toBeNull();
  });

  it('has the counts of the latest commit, also when an older summary comes after it', async () => {
    const { session, tell } = await bench();
    tell('project.revision', { totals: totals(5, 3) });
    expect(session.project!.counts.reviewed).toBe(3);
    session.show(summary('a', totals(4, 2)));
    expect(session.project!.counts.reviewed).toBe(3);
    tell('project.revision', { totals: totals(2, 1) });
    expect(session.project!.counts.reviewed).toBe(3);
  });

  it('leaves the chips when a typed filter goes', async () => {
    const { session } = await bench();
    const scope = session.scope!;
    scope.filterWords = 'status:proposals';
    scope.filterDraft = 'beach';
    expect(scope.filter).toEqual({ words: 'status:proposals beach' });
    scope.filterDraft = '';
    expect(scope.filter).toEqual({ words: 'status:proposals' });
  });
});

describe('a project that another window opened', () => {
  it('stops editing here, keeps its news away, and lets go when ours is open again', async () => {
    const { session, tell } = await bench();
    expect(session.canEdit).toBe(true);
    tell('project.current', { id: 'b' as ProjectId, name: 'b', clientId: 'other' });
    expect([session.canEdit, session.displaced]).toEqual([false, { name: 'b' }]);
    tell('project.revision', { totals: totals(7, 7) });
    expect(session.project!.counts.reviewed).toBe(0);
    tell('project.current', { id: 'a' as ProjectId, name: 'a', clientId: 'other' });
    await new Promise((resolve) => setTimeout(resolve));
    expect([session.canEdit, session.displaced]).toEqual([true, null]);
  });

  it('says so as well when the project was closed there', async () => {
    const { session, tell } = await bench();
    tell('project.current', { id: null, name: '', clientId: 'other' });
    expect(session.displaced).toEqual({ name: null });
  });

  it('leaves no error behind when what is asked after it fails, and is heard the next time', async () => {
    const { session, tell } = await bench();
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    let heard = 0;
    session.on('image.noted', async () => {
      heard += 1;
      throw new AppError('PROJECT_NOT_OPEN', 'The project was closed.');
    });
    tell('image.noted', {});
    tell('image.noted', {});
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', note);
    expect([heard, unhandled]).toEqual([2, []]);
  });

  it('does not speak of what this window itself opens', async () => {
    const { session, tell } = await bench();
    tell('project.current', { id: 'b' as ProjectId, name: 'b', clientId: 'me' });
    expect(session.displaced).toBeNull();
  });
});

describe('edits of classes', () => {
  it('say which fields change, and from what', async () => {
    const { session, asked } = await bench();
    const threshold = session.categories[0]!.threshold;
    await session.changeCategories([
      { id: 1 as CategoryId, after: { threshold: 0.4, name: 'cup' } },
    ]);
    expect(asked.at(-1)).toEqual({
      method: 'category.save',
      input: { changes: [{ id: 1, before: { threshold }, after: { threshold: 0.4 } }] },
    });
  });

  it('show what another window made of the class when they are refused', async () => {
    const { session, set, refuse } = await bench();
    set(summary('a', { categories: [categoryNamed(1, 'mug')] }));
    refuse(new AppError('CATEGORY_CONFLICT', 'changed'));
    await expect(
      session.changeCategories([{ id: 1 as CategoryId, after: { name: 'glass' } }]),
    ).rejects.toMatchObject({ code: 'CATEGORY_CONFLICT' });
    expect(session.categories[0]!.name).toBe('mug');
  });
});
