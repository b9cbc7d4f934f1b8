// The first look of the project: four classes, a run on image 1, images in every state, and more objects if asked.
import type {
  Annotation,
  CategoryId,
  ImageId,
  ImageRecord,
} from '../../../../electron/api/types.ts';
import { maskWhere, type Scene } from '../../fixtures/scenes.ts';
import { category } from './fixtures.ts';
import { annotation, makeRun, proposalsOf } from './runs.ts';
import type { HostState } from './state.ts';
import { documentOf } from '../../../../electron/api/rules/document.ts';

/** Four classes, a run on image 1, some states in the list. */
export function fill(
  state: HostState,
  sceneOf: (id: ImageId) => Scene,
  extra: number,
  columns: number,
): void {
  state.categories = ['circle', 'star', 'ring', 'box', 'cat', 'person', 'rocket'].map((name, i) =>
    category(i + 1, name),
  );
  const first = 1 as ImageId;
  const drawn = sceneOf(first);
  const run = makeRun(
    first,
    drawn,
    state.categories.slice(0, 5).map((c) => ({ id: c.id, name: c.name })),
  );
  state.runs.set(first, run);
  const proposals = proposalsOf(state, run, drawn, {});
  const objects = [
    ...proposals.slice(0, 3),
    { ...proposals[3]!, status: 'accepted' as const, locked: true },
    ...Array.from({ length: extra }, (_, i) => smallObject(i, drawn, columns)),
  ];
  state.documents.set(first, documentOf(objects));
  state.images[0] = {
    ...state.images[0]!,
    status: 'inProgress',
    accepted: 1 + extra,
    proposals: 3,
    doubtful: 1,
  };
  const states: Partial<ImageRecord>[] = [
    { status: 'reviewed', accepted: 3 },
    { status: 'inProgress', accepted: 2, proposals: 1 },
    { status: 'proposals', proposals: 1, doubtful: 1 },
    { foundNothing: true },
    { status: 'reviewed', accepted: 2 },
    {},
    { status: 'proposals', proposals: 3 },
    { status: 'reviewed', accepted: 5 },
    {},
    {
      problem: {
        code: 'IMAGE_DAMAGED',
        message: 'The file stops after 62 % of its data.',
        data: { format: 'JPEG', reason: 'premature end', share: 62 },
      },
    },
  ];
  states.forEach((patch, i) => {
    const image = state.images[i + 1];
    if (image) state.images[i + 1] = { ...image, ...patch };
  });
}

function smallObject(i: number, drawn: Scene, columns: number): Annotation {
  const step = drawn.width / columns;
  const cx = (i % columns) * step + step / 2;
  const cy = Math.floor(i / columns) * step + step / 2;
  const mask = maskWhere(
    drawn.width,
    drawn.height,
    (x, y) => Math.hypot(x - cx, y - cy) < step * 0.4,
    [cx - step, cy - step, cx + step, cy + step].map(Math.floor),
  );
  return {
    ...annotation(`extra${i}`, ((i % 4) + 1) as CategoryId, mask, 10 + i),
    status: 'accepted',
    origin: 'user',
  };
}
