// The open image: edits at once, sent in order, and what happens when someone else was first.
import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../../electron/api/errors.ts';
import type {
  Annotation,
  ImageId,
  Revision,
  Transaction,
} from '../../../../../electron/api/types.ts';
import { DocumentState } from '../../../../../renderer/src/state/document/document.svelte.ts';
import type { Session } from '../../../../../renderer/src/state/session/session.svelte.ts';
import { added, changed } from '../../../../../renderer/src/tools/edits.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';
import { objectOf } from '../../../../helpers/drivers/toolBench.ts';

const image = { id: 1 as ImageId, name: 'a.png', width: 4, height: 1, problem: null };

/** A session whose engine is a few lines: a document, a revision, and faults on demand. */
function engine(objects: Annotation[] = []) {
  let stored = new Map(objects.map((object) => [object.id, object]));
  let revision = 1;
  const seen: Transaction[] = [];
  const faults: Error[] = [];
  const listeners = new Map<string, (payload: unknown) => void>();
  const notices: string[] = [];
  let refusal: Error | null = null;
  let deaf = false;
  const scope = {
    revision: 0 as Revision,
    hiddenCategories: new Set(),
    canUndo: null,
    canRedo: null,
  };
  const bases: Revision[] = [];
  const session = {
    clientId: 'me',
    scope,
    canEdit: true,
    on: (event: string, listener: (payload: unknown) => void) => listeners.set(event, listener),
    notices: { add: (_: string, code: string) => notices.push(code) },
    call: async (method: string, input: { transaction?: Transaction; baseRevision?: Revision }) => {
      await Promise.resolve();
      if (method === 'doc.commit') bases.push(input.baseRevision!);
      if (method === 'doc.commit' && deaf) throw new AppError('DOC_CONFLICT', 'not as you say');
      if (method === 'doc.commit' && input.baseRevision! > revision)
        throw new AppError('DOC_CONFLICT', 'which this project has not reached');
      if (method === 'image.open' && refusal) throw refusal;
      if (method === 'image.open')
        return {
          image,
          url: '',
          scaledUrl: '',
          tileUrl: null,
          annotations: [...stored.values()],
          revision,
          run: null,
        };
      if (method === 'doc.history') return { entries: [], canUndo: null, canRedo: null };
      const fault = faults.shift();
      if (fault) throw fault;
      const transaction = input.transaction!;
      seen.push(transaction);
      stored = new Map(stored);
      for (const { id, after } of transaction.changes) {
        if (after) stored.set(id, after);
        else stored.delete(id);
      }
      return { revision: ++revision };
    },
  };
  const document = new DocumentState(session as unknown as Session);
  return {
    document,
    session,
    scope,
    bases,
    beDeaf: (on: boolean) => void (deaf = on),
    seen,
    faults,
    notices,
    stored: () => stored,
    refuse: (error: Error) => void (refusal = error),
    change: (object: Annotation) => {
      stored = new Map(stored).set(object.id, object);
      revision += 1;
    },
    replace: (before: Annotation, after: Annotation) => {
      stored = new Map([...stored].filter(([id]) => id !== before.id)).set(after.id, after);
      revision += 1;
    },
    tell: (payload: unknown) => listeners.get('project.revision')?.(payload),
    tellChanged: () => listeners.get('project.changed')?.({ revision }),
  };
}

describe('document', () => {
  it('shows an edit at once and sends edits in order', async () => {
    const { document, seen } = engine();
    await document.open(1 as ImageId);
    document.commit({ label: 'one', changes: [added(objectOf('a', 1, draw('#...')))] });
    document.commit({ label: 'two', changes: [added(objectOf('b', 1, draw('.#..')))] });
    expect([...document.annotations.keys()]).toEqual(['a', 'b']);
    await document.flush();
    expect(seen.map((transaction) => transaction.label)).toEqual(['one', 'two']);
    expect(document.saveState).toBe('saved');
  });

  it('keeps an edit that could not be written and says so, until a retry works', async () => {
    const { document, seen, faults } = engine();
    await document.open(1 as ImageId);
    faults.push(new AppError('DISK_FULL', 'full'));
    document.commit({ label: 'one', changes: [added(objectOf('a', 1, draw('#...')))] });
    await expect.poll(() => document.saveState).toBe('failed');
    expect(document.annotations.size).toBe(1);
    await document.retry();
    expect([document.saveState, seen.length]).toEqual(['saved', 1]);
  });

  it('stays on an image whose edits cannot be written, and leaves one that cannot be opened', async () => {
    const { document, faults, refuse } = engine();
    await document.open(1 as ImageId);
    faults.push(new AppError('DISK_FULL', 'full'));
    document.commit({ label: 'one', changes: [added(objectOf('a', 1, draw('#...')))] });
    await document.open(2 as ImageId);
    expect([document.image?.id, document.annotations.size, document.saveState]).toEqual([
      1,
      1,
      'failed',
    ]);
    await document.retry();
    refuse(new AppError('IMAGE_DAMAGED', 'damaged'));
    await document.open(3 as ImageId);
    // Nothing of the first image is left for an edit to land on.
    expect([document.image, document.annotations.size]).toEqual([null, 0]);
    expect(document.problem).toBeInstanceOf(AppError);
  });

  it('is read again when a step over many images moved the project on, and only then', async () => {
    const { document, change, tellChanged, session } = engine([objectOf('a', 1, draw('#...'))]);
    await document.open(1 as ImageId);
    const asked = vi.spyOn(session, 'call');
    tellChanged();
    await Promise.resolve();
    expect(asked.mock.calls.filter(([method]) => method === 'image.open')).toEqual([]);
    change(objectOf('b', 1, draw('.#..')));
    tellChanged();
    await expect.poll(() => [...document.annotations.keys()]).toEqual(['a', 'b']);
  });

  it('after a conflict takes the newer state and keeps what still fits', async () => {
    const first = objectOf('a', 1, draw('#...'));
    const host = engine([first]);
    const { document } = host;
    await document.open(1 as ImageId);
    const theirs = { ...first, locked: true };
    host.change(theirs);
    host.faults.push(new AppError('DOC_CONFLICT', 'changed'));
    document.commit({ label: 'mine', changes: [changed(first, { ...first, z: 9 })] });
    document.commit({ label: 'new', changes: [added(objectOf('b', 1, draw('.#..')))] });
    await document.flush();
    expect(document.annotations.get(first.id)).toEqual(theirs);
    expect([...host.stored().keys()]).toEqual(['a', 'b']);
    expect(host.notices).toEqual(['DOC_CONFLICT']);
  });

  it('takes edits of another window, not its own twice', async () => {
    const { document, tell } = engine();
    await document.open(1 as ImageId);
    const object = objectOf('a', 1, draw('#...'));
    const transaction = { imageId: 1, changes: [added(object)] };
    tell({ revision: 5, clientId: 'me', transaction, image });
    expect(document.annotations.size).toBe(0);
    tell({ revision: 6, clientId: 'other', transaction, image });
    expect(document.annotations.size).toBe(1);
  });

  it('a deleted object leaves the selection', async () => {
    const object = objectOf('a', 1, draw('#...'));
    const { document } = engine([object]);
    await document.open(1 as ImageId);
    document.select([object.id]);
    document.commit({ label: 'delete', changes: [{ id: object.id, before: object, after: null }] });
    expect(document.selection.size).toBe(0);
  });

  it('a selected proposal stays selected while its threshold is dragged and when it is saved', async () => {
    const proposal = { ...objectOf('p', 1, draw('#...')), status: 'proposal' as const };
    const other = { ...objectOf('q', 2, draw('..#.')), status: 'proposal' as const };
    const { document, change } = engine([proposal, other]);
    await document.open(1 as ImageId);
    document.select([proposal.id]);
    const draft = (mask: string) => ({
      categoryIds: new Set([proposal.categoryId]),
      proposals: [{ ...proposal, id: 'fresh' as typeof proposal.id, mask: draw(mask) }],
    });
    document.showDraft(draft('##..'));
    const named = document.selected.map((object) => object.id);
    expect(document.selected.map((object) => object.mask)).toEqual([draw('##..')]);
    document.showDraft({ ...draft('....'), proposals: [] });
    expect(document.selected).toEqual([]);
    document.showDraft(draft('###.'));
    expect(document.selected.map((object) => object.id)).toEqual(named);
    change({ ...proposal, mask: draw('###.') });
    await document.reload();
    document.endDraft();
    expect(document.selected.map((object) => object.id)).toEqual(['p']);
    expect(document.ordered.map((object) => object.id)).toEqual(['p', 'q']);
  });

  it('a selected proposal that was made anew without a draft stays selected', async () => {
    const proposal = { ...objectOf('p', 1, draw('#...')), status: 'proposal' as const };
    const host = engine([proposal]);
    await host.document.open(1 as ImageId);
    host.document.select([proposal.id]);
    host.replace(proposal, { ...proposal, id: 'fresh' as typeof proposal.id });
    await host.document.reload(new Set([proposal.categoryId]));
    expect(host.document.selected.map((object) => object.id)).toEqual(['fresh']);
  });

  it('bases edits on the revision that the engine told last, not on the largest it ever heard', async () => {
    const { document, scope, bases, seen } = engine();
    await document.open(1 as ImageId);
    // As after a project with more revisions than this one has.
    scope.revision = 16 as Revision;
    document.commit({ label: 'one', changes: [added(objectOf('a', 1, draw('#...')))] });
    await document.flush();
    expect([bases, seen.length, document.saveState]).toEqual([[16, 1], 1, 'saved']);
    expect(scope.revision).toBe(2);
  });

  it('says "not saved" after two conflicts in which nothing changed, and asks no more', async () => {
    const { document, beDeaf, bases, seen } = engine();
    await document.open(1 as ImageId);
    beDeaf(true);
    document.commit({ label: 'one', changes: [added(objectOf('a', 1, draw('#...')))] });
    await expect(document.flush()).rejects.toMatchObject({ code: 'DOC_CONFLICT' });
    expect(document.saveState).toBe('failed');
    expect(document.saveProblem).toMatchObject({ code: 'DOC_CONFLICT' });
    expect(bases).toHaveLength(2);
    // The ways out: trying again when the engine takes it, or giving the change up.
    beDeaf(false);
    await document.retry();
    expect([document.saveState, seen.length]).toEqual(['saved', 1]);
    beDeaf(true);
    document.commit({ label: 'two', changes: [added(objectOf('b', 1, draw('.#..')))] });
    await expect.poll(() => document.saveState).toBe('failed');
    await document.giveUp();
    expect([document.saveState, [...document.annotations.keys()]]).toEqual(['saved', ['a']]);
  });

  it('takes no edit in a window that only looks, and tells who asked', async () => {
    const { document, session, bases } = engine();
    await document.open(1 as ImageId);
    session.canEdit = false;
    const refused = vi.fn();
    document.onRefused = refused;
    document.commit({ label: 'one', changes: [added(objectOf('a', 1, draw('#...')))] });
    expect([document.annotations.size, bases.length, document.saveState]).toEqual([0, 0, 'saved']);
    expect(refused).toHaveBeenCalledOnce();
  });
});
