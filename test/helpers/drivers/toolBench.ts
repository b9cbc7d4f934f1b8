// A bench for tools: a small document, a pen that speaks in image points, and what came of it.
import type {
  Annotation,
  AnnotationId,
  Category,
  CategoryId,
  ImageId,
  RleMask,
} from '../../../electron/api/types.ts';
import { imagePoint } from '../../../renderer/src/geometry/viewport.ts';
import { drawn } from '../../../renderer/src/tools/edits.ts';
import { DEFAULT_OPTIONS } from '../../../renderer/src/tools/armed/table.ts';
import type {
  Tool,
  ToolContext,
  ToolEventKind,
  ToolNote,
  ToolOptions,
} from '../../../renderer/src/tools/types.ts';
import type { Edges } from '../../../renderer/src/tools/polygon/edges.ts';
import { edgeNear, wireFrom } from '../../../renderer/src/tools/polygon/wire.ts';
import type { Guide } from '../../../renderer/src/tools/polygon/wireGuide.ts';
import type { Pixels } from '../../../electron/masks/regions/flood.ts';
import { documentOf } from '../../../electron/api/rules/document.ts';
import { apply, type Document } from '../../../electron/api/rules/document.ts';

const CATEGORIES: readonly [number, string][] = [
  [1, 'cup'],
  [2, 'saucer'],
];

export function categoryNamed(id: number, name: string): Category {
  return {
    id: id as CategoryId,
    name,
    color: '#7ba3f6',
    prompt: '',
    synonyms: [],
    kind: 'thing',
    supercategory: '',
    threshold: null,
    hotkey: id,
    order: id,
    extra: null,
  };
}

/** An accepted, hand-made object. */
export function objectOf(
  id: string,
  categoryId: number,
  mask: RleMask,
  patch: Partial<Annotation> = {},
): Annotation {
  const object = drawn({
    id: id as AnnotationId,
    categoryId: categoryId as CategoryId,
    mask,
    objects: [],
  });
  return { ...object, ...patch };
}

export class ToolBench<State> {
  document: Document;
  selection: AnnotationId[] = [];
  state: State;
  notes: ToolNote[] = [];
  labels: string[] = [];
  options: ToolOptions = { ...DEFAULT_OPTIONS, size: 3 };
  scale = 1;
  categoryId: number | null = 1;
  pixels: Pixels | null = null;
  guide: Guide | null = null;
  readonly #tool: Tool<State>;
  readonly #size: { width: number; height: number };
  #next = 1;

  constructor(
    tool: Tool<State>,
    width: number,
    height: number,
    objects: readonly Annotation[] = [],
  ) {
    this.#tool = tool;
    this.#size = { width, height };
    this.document = documentOf(objects);
    this.state = tool.initial;
  }

  /** What clicks are answered with. */
  clickMask: RleMask | null = null;

  get objects(): Annotation[] {
    return [...this.document.values()].sort((a, b) => a.z - b.z);
  }

  get busy(): boolean {
    return this.#tool.busy(this.state);
  }

  /** Answered at once, by what the worker runs. */
  #edges(): Edges | null {
    const { pixels, guide } = this;
    if (!pixels) return null;
    const part = { pixels, left: 0, top: 0, image: this.#size };
    return {
      near: (point) => edgeNear(part, point),
      way: (from, to) => ({ line: wireFrom(part, from, guide).to(to), waits: false }),
    };
  }

  send(
    kind: ToolEventKind,
    x: number,
    y: number,
    keys: { shift?: boolean; alt?: boolean; ctrl?: boolean } = {},
  ): this {
    const context: ToolContext = {
      imageId: 1 as ImageId,
      image: this.#size,
      scale: this.scale,
      objects: this.objects,
      selected: this.objects.filter((object) => this.selection.includes(object.id)),
      objectById: (id) => this.document.get(id) ?? null,
      category:
        this.categoryId === null ? null : categoryNamed(...CATEGORIES[this.categoryId - 1]!),
      nameOf: (annotation) => CATEGORIES[annotation.categoryId - 1]![1],
      options: this.options,
      newId: () => `new${this.#next++}` as AnnotationId,
      pixels: () => this.pixels,
      edges: () => this.#edges(),
      shown: [0, 0, this.#size.width, this.#size.height],
      clickMask: () => this.clickMask,
    };
    const { shift = false, alt = false } = keys;
    const result = this.#tool.reduce(
      this.state,
      { kind, point: imagePoint(x, y), shift, alt, ctrl: keys.ctrl ?? false },
      context,
    );
    this.state = result.state;
    if (result.note) this.notes.push(result.note);
    if (result.selection) this.selection = [...result.selection];
    if (result.transaction) {
      this.labels.push(result.transaction.label);
      this.document = apply(this.document, { changes: result.transaction.changes });
    }
    return this;
  }

  /** Press, move through the points, release. */
  drag(
    points: readonly (readonly [number, number])[],
    keys: { shift?: boolean; alt?: boolean } = {},
  ): this {
    const [first, ...rest] = points;
    this.send('down', ...first!, keys);
    for (const point of rest) this.send('move', ...point, keys);
    return this.send('up', ...points.at(-1)!, keys);
  }

  click(x: number, y: number, keys: { shift?: boolean; alt?: boolean } = {}): this {
    return this.drag([[x, y]], keys);
  }
}
