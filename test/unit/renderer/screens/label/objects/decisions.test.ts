// Which proposals a key decides: those that are selected, else the first of which a part can be seen.
import { expect, it, vi } from 'vitest';
import type { Annotation } from '../../../../../../electron/api/types.ts';
import {
  decideOn,
  goToNextProposal,
  proposalsAtHand,
  proposalsInView,
} from '../../../../../../renderer/src/screens/label/objects/decisions.ts';
import type { App } from '../../../../../../renderer/src/state/app.svelte.ts';
import { objectOf } from '../../../../../helpers/drivers/toolBench.ts';
import { draw } from '../../../../../helpers/fixtures/masks.ts';

/** A proposal of 10 x 10 px at a place of the image. */
const proposal = (id: string, x = 0, y = 0, patch: Partial<Annotation> = {}) =>
  objectOf(id, 1, draw('#'), { status: 'proposal', box: [x, y, 10, 10], ...patch });

/** A window of 100 x 60 px; the image lies at twice its size, 20 px to the right and 40 down. */
function bench(proposals: Annotation[], selected: Annotation[] = [], visible = proposals) {
  const [select, commit, say, show] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  const document = {
    proposals,
    selected,
    visible,
    select,
    commit,
    selection: new Set(selected.map(({ id }) => id)),
  };
  const app = {
    document,
    viewport: { view: { scale: 2, x: 20, y: 40 }, stage: { width: 100, height: 60 } },
    tools: { nameOf: () => 'cup' },
    toasts: { say, show },
    run: vi.fn(),
  } as unknown as App;
  return { app, document, select, commit, say, show };
}
const idsOf = (objects: readonly Annotation[]) => objects.map(({ id }) => id);

it('one is in view as soon as a part of it is, on each of the four sides', () => {
  const places = {
    left: [-20, 0],
    leftIn: [-19.9, 0],
    right: [40, 0],
    rightIn: [39.9, 0],
    top: [0, -30],
    topIn: [0, -29.9],
    bottom: [0, 10],
    bottomIn: [0, 9.9],
  } as const;
  const all = Object.entries(places).map(([id, [x, y]]) => proposal(id, x, y));
  const { app, document } = bench(all);
  expect(idsOf(proposalsInView(app))).toEqual(['leftIn', 'rightIn', 'topIn', 'bottomIn']);
  document.visible = all.slice(2);
  expect(idsOf(proposalsInView(app))).toEqual(['rightIn', 'topIn', 'bottomIn']);
});

it('those that are selected are at hand, else the first in view, none beside accepted objects', () => {
  const [far, near] = [proposal('far', 500), proposal('near')];
  const accepted = proposal('accepted', 0, 0, { status: 'accepted' });
  const atHand = (...selected: Annotation[]) =>
    idsOf(proposalsAtHand(bench([far, near], selected).app));
  expect(atHand()).toEqual(['near']);
  expect(atHand(far, accepted)).toEqual(['far']);
  expect(atHand(accepted)).toEqual([]);
  expect(proposalsAtHand(bench([far]).app)).toEqual([]);
});

it('the selection goes on to the next one in view, where there is one and something is selected', () => {
  const [far, near] = [proposal('far', 500), proposal('near')];
  const { app, select } = bench([far, near], [far]);
  expect(goToNextProposal(app)).toBe(true);
  expect(select).toHaveBeenCalledWith(['near']);
  for (const { app: other, select: untouched } of [bench([far], [far]), bench([near])]) {
    expect(goToNextProposal(other)).toBe(false);
    expect(untouched).not.toHaveBeenCalled();
  }
});

it('deciding moves to one that was not decided; one is spoken of, several have a toast', () => {
  const [a, b, c] = [proposal('a'), proposal('b'), proposal('c')];
  const one = bench([a, b, c]);
  decideOn(one.app, [a], 'accepted');
  expect([one.select.mock.calls, one.commit.mock.calls.length]).toEqual([[[['b']]], 1]);
  expect([one.say.mock.calls.length, one.show.mock.calls.length]).toEqual([1, 0]);
  const two = bench([a, b]);
  decideOn(two.app, [a, b], 'rejected');
  expect(two.select.mock.calls).toEqual([[[]]]);
  expect([two.say.mock.calls.length, two.show.mock.calls.length]).toEqual([0, 1]);
  const none = bench([a]);
  decideOn(none.app, [], 'accepted');
  expect(none.commit).not.toHaveBeenCalled();
});
