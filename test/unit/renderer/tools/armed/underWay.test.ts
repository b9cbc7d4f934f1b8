// What is under way: its class and objects are those of the first press, and no step of it is lost.
import { describe, expect, it } from 'vitest';
import type {
  Annotation,
  AnnotationId,
  Category,
  ImageId,
} from '../../../../../electron/api/types.ts';
import { imagePoint } from '../../../../../renderer/src/geometry/viewport.ts';
import { DEFAULT_OPTIONS } from '../../../../../renderer/src/tools/armed/table.ts';
import { boxTool } from '../../../../../renderer/src/tools/box/box.ts';
import { brushTool } from '../../../../../renderer/src/tools/brush.ts';
import { resume, workOf } from '../../../../../renderer/src/tools/armed/parking.ts';
import { polygonTool } from '../../../../../renderer/src/tools/polygon/polygon.ts';
import { splitTool } from '../../../../../renderer/src/tools/split.ts';
import type {
  Tool,
  ToolContext,
  ToolEventKind,
  ToolNote,
  ToolOptions,
} from '../../../../../renderer/src/tools/types.ts';
import {
  advance,
  back,
  forward,
  nextBack,
  nextForward,
  nothingUnderWay,
  savedStep,
  type UnderWay,
} from '../../../../../renderer/src/tools/armed/underWay.ts';
import { takeAnswer, wandTool } from '../../../../../renderer/src/tools/wand.ts';
import { draw } from '../../../../helpers/fixtures/masks.ts';
import { rowsOf } from '../../../../helpers/fixtures/maskText.ts';
import { categoryNamed, objectOf } from '../../../../helpers/drivers/toolBench.ts';

const cup = categoryNamed(1, 'cup');
const saucer = categoryNamed(2, 'saucer');
const square = (id = 'a', patch: Partial<Annotation> = {}) =>
  objectOf(id, 1, draw('........', '.###....', '.###....', '........', '........'), patch);

/** A tool in hands: the world around it may change between two events. */
class Hands<State> {
  way: UnderWay<State>;
  made: Annotation[] = [];
  notes: ToolNote[] = [];
  category: Category | null = cup;
  selected: Annotation[] = [];
  objects: Annotation[] = [];
  options: ToolOptions = { ...DEFAULT_OPTIONS, size: 1, protect: false };
  readonly tool: Tool<State>;

  constructor(tool: Tool<State>, objects: Annotation[] = []) {
    this.tool = tool;
    this.objects = objects;
    this.way = nothingUnderWay(tool);
  }

  get context(): ToolContext {
    return {
      imageId: 1 as ImageId,
      image: { width: 8, height: 5 },
      scale: 40,
      objects: this.objects,
      selected: this.selected,
      objectById: (id) => this.objects.find((one) => one.id === id) ?? null,
      category: this.category,
      nameOf: () => 'cup',
      options: this.options,
      newId: () => 'new' as AnnotationId,
      pixels: () => null,
      edges: () => null,
      shown: [0, 0, 1, 1],
      clickMask: () => null,
    };
  }

  send(kind: ToolEventKind, x: number, y: number): this {
    const event = { kind, point: imagePoint(x, y), shift: false, alt: false, ctrl: false };
    const { way, result } = advance(this.tool, this.way, event, this.context);
    this.way = way;
    if (result.note) this.notes.push(result.note);
    for (const { after } of result.transaction?.changes ?? []) if (after) this.made.push(after);
    return this;
  }

  click(x: number, y: number): this {
    return this.send('down', x, y).send('up', x, y);
  }

  turn(turn: (tool: Tool<State>, way: UnderWay<State>) => UnderWay<State> | null): boolean {
    const next = turn(this.tool, this.way);
    if (next) this.way = next;
    return next !== null;
  }
}

describe('the class at the first press', () => {
  it.each([
    ['brush', brushTool as Tool<unknown>],
    ['box', boxTool as Tool<unknown>],
  ])('holds for a %s although class and selection change before it ends', (_, tool) => {
    const hands = new Hands(tool, [square()]);
    hands.send('down', 5, 3).send('move', 6, 4);
    hands.category = saucer;
    hands.selected = hands.objects;
    hands.send('move', 7, 4).send('up', 7, 4);
    expect(hands.made.map((object) => [object.id, object.categoryId])).toEqual([['new', 1]]);
  });

  it('holds for a polygon, and the object that it adds to is the one of the first press', () => {
    const [first, second] = [square('a'), square('b')];
    const hands = new Hands(polygonTool, [first, second]);
    hands.options = { ...hands.options, shapeMode: 'add' };
    hands.selected = [first];
    hands.click(5, 1).click(7, 1).click(7, 3);
    hands.selected = [second];
    hands.category = saucer;
    hands.send('confirm', 0, 0);
    expect(hands.made.map((object) => [object.id, object.categoryId])).toEqual([['a', 1]]);
  });

  it('holds for the answer to a wand', () => {
    const hands = new Hands(wandTool);
    hands.click(2, 2);
    hands.category = saucer;
    const { asked } = hands.way.state;
    const held = { ...hands.context, category: hands.way.pinned!.category };
    const result = takeAnswer(asked!, square().mask, held);
    expect(result.transaction?.changes[0]?.after?.categoryId).toBe(1);
  });
});

it('a pointer that only moves leaves what is under way the same', () => {
  const hands = new Hands(boxTool);
  const { way } = hands;
  expect(hands.send('hover', 2, 1).way).toBe(way);
});

describe('a stroke on an object that a run replaced meanwhile', () => {
  it('is kept, with the object, as an object of its class', () => {
    const proposal = square('p', { status: 'proposal', origin: 'model', categoryId: saucer.id });
    const hands = new Hands(brushTool, [proposal]);
    hands.selected = [proposal];
    hands.send('down', 4.5, 1.5).send('move', 5.5, 1.5);
    hands.objects = [];
    hands.selected = [];
    hands.send('up', 5.5, 1.5);
    expect(hands.made.map((object) => [object.categoryId, object.status])).toEqual([
      [2, 'accepted'],
    ]);
    expect(rowsOf(hands.made[0]!.mask)[1]).toBe('.#####..');
  });

  it('takes what the object is now where it only changed', () => {
    const hands = new Hands(brushTool, [square()]);
    hands.selected = hands.objects;
    hands.send('down', 4.5, 1.5);
    hands.objects = [
      objectOf('a', 1, draw('........', '........', '.###....', '........', '........')),
    ];
    hands.send('up', 4.5, 1.5);
    expect(rowsOf(hands.made[0]!.mask).slice(1, 3)).toEqual(['....#...', '.###....']);
  });
});

describe('what is held down', () => {
  it('is the first that undo takes, and redo ends it where it had come to', () => {
    const hands = new Hands(brushTool);
    hands.send('down', 1.5, 1.5).send('move', 4.5, 1.5);
    expect(nextBack(hands.tool, hands.way)).toEqual({ kind: 'press' });
    expect(hands.turn(back)).toBe(true);
    hands.send('move', 7.5, 1.5).send('up', 7.5, 1.5);
    expect([hands.made, nextForward(hands.way)]).toEqual([[], { kind: 'press' }]);
    expect(hands.turn(forward)).toBe(true);
    const at = hands.tool.pressed!(hands.way.state)!;
    hands.send('up', at.x, at.y);
    expect(rowsOf(hands.made[0]!.mask)[1]).toBe('.####...');
  });

  it('a dragged corner goes back to where it was', () => {
    const hands = new Hands(polygonTool, [square()]);
    hands.options = { ...hands.options, polygonMode: 'edit', detail: 0 };
    hands.click(2, 2);
    const before = (hands.way.state as { rings: unknown }).rings;
    hands.send('down', 1, 1).send('move', 0, 0);
    expect(hands.turn(back)).toBe(true);
    expect((hands.way.state as { rings: unknown }).rings).toBe(before);
    expect(hands.turn(back)).toBe(false);
  });
});

describe('points that cannot be made an object yet', () => {
  it('stay, with the reason, when there are too few', () => {
    const hands = new Hands(polygonTool);
    hands.click(1, 1).click(3, 1).send('confirm', 0, 0);
    expect([hands.notes, hands.way.past.length]).toEqual([[{ kind: 'fewPoints' }], 2]);
  });

  it('stay when all of it is protected, and when nothing is there to be cut', () => {
    const hands = new Hands(polygonTool, [square()]);
    hands.category = saucer;
    hands.options = { ...hands.options, protect: true };
    hands.click(1, 1).click(4, 1).click(4, 3).click(1, 3).send('confirm', 0, 0);
    expect([hands.notes, hands.way.past.length]).toEqual([[{ kind: 'nothing' }], 4]);
    hands.options = { ...hands.options, shapeMode: 'cut' };
    hands.send('confirm', 0, 0);
    expect(hands.way.past.length).toBe(4);
  });

  it('of a line that cuts nothing stay', () => {
    const hands = new Hands(splitTool, [square()]);
    hands.click(6, 1).click(6.5, 4).send('confirm', 6.5, 4);
    expect([hands.notes, hands.way.past.length]).toEqual([[{ kind: 'nothing' }], 2]);
  });
});

describe('saved steps', () => {
  it('that were undone after all points come again before the points', () => {
    const hands = new Hands(polygonTool);
    hands.click(1, 1);
    expect(hands.turn(back)).toBe(true);
    expect(hands.turn(back)).toBe(false);
    hands.way = savedStep(hands.way, 1);
    expect([hands.turn(forward), nextForward(hands.way)]).toEqual([false, null]);
    hands.way = savedStep(hands.way, -1);
    expect(hands.turn(forward)).toBe(true);
    expect(hands.way.past.length).toBe(1);
  });

  it('a closed polygon is one of them: its points are not undone one by one', () => {
    const hands = new Hands(polygonTool);
    hands.click(1, 1).click(3, 1).click(3, 3).send('confirm', 0, 0);
    expect([hands.made.length, hands.way.past, hands.way.future]).toEqual([1, [], []]);
  });
});

describe('parked work', () => {
  it('of a wand asks its question again, with the class and objects of the first press', () => {
    const hands = new Hands(wandTool, [square()]);
    hands.options = { ...hands.options, shapeMode: 'add', tolerance: 9, sample: 5 };
    hands.selected = hands.objects;
    hands.click(2, 2);
    const work = workOf({ tool: 'wand', state: hands.way.settled }, hands.options)!;
    const again = resume(work, 1 as ImageId, saucer, ['a' as AnnotationId])!;
    expect(again.way.state).toEqual(hands.way.state);
    expect(work).toMatchObject({ kind: 'seed', sample: 5 });
    expect(again).toMatchObject({
      tool: 'wand',
      options: { shapeMode: 'add' },
      way: { pinned: { category: saucer, targets: ['a'] } },
    });
  });

  it('of a wand without a sample asks for the colour of its one pixel', () => {
    const seed = { kind: 'seed', use: 'new', x: 2, y: 1, tolerance: 9, contiguous: true } as const;
    const { way } = resume(seed, 1 as ImageId, saucer, [])!;
    expect(way.state).toMatchObject({ asked: { x: 2, y: 1, sample: 1 } });
  });

  it('is none of what an untouched outline or a finished shape leaves', () => {
    const hands = new Hands(polygonTool, [square()]);
    expect(workOf({ tool: 'polygon', state: hands.way.settled }, hands.options)).toBeNull();
    hands.options = { ...hands.options, polygonMode: 'edit' };
    hands.click(2, 2);
    expect(workOf({ tool: 'polygon', state: hands.way.settled }, hands.options)).toBeNull();
  });
});
