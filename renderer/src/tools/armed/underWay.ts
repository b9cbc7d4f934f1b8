// The work of a tool before it is saved, with its steps: undo and redo walk these before saved edits. Class and
// objects are those of the first press, whatever is selected later.
import type { AnnotationId, Category, ImageId } from '../../../../electron/api/types.ts';
import type { StepWord, Tool, ToolContext, ToolEvent, ToolResult } from '../types.ts';

/** What the first press was meant for. */
export interface Pinned {
  readonly category: Category | null;
  /** Objects that were selected. */
  readonly targets: readonly AnnotationId[];
}

export interface Step<State> {
  readonly word: StepWord;
  /** Where undo (in `past`) or redo (in `future`) leads. */
  readonly state: State;
}

export interface UnderWay<State> {
  /** Image of the first press; null = no press yet. */
  readonly imageId: ImageId | null;
  readonly state: State;
  /** The last state without a press: the start of a step. */
  readonly settled: State;
  readonly pinned: Pinned | null;
  /** Oldest first. */
  readonly past: readonly Step<State>[];
  /** The last is redone next. */
  readonly future: readonly Step<State>[];
  /** Saved steps that were undone since: they are redone before `future`. */
  readonly below: number;
}

export function nothingUnderWay<State>(tool: Tool<State>): UnderWay<State> {
  return {
    imageId: null,
    state: tool.initial,
    settled: tool.initial,
    pinned: null,
    past: [],
    future: [],
    below: 0,
  };
}

/** Passes an event to the tool and records the step that it makes. */
export function advance<State>(
  tool: Tool<State>,
  way: UnderWay<State>,
  event: ToolEvent,
  context: ToolContext,
): { readonly way: UnderWay<State>; readonly result: ToolResult<State> } {
  const begins = event.kind === 'down' && !tool.busy(way.state);
  const pinned = begins
    ? { category: context.category, targets: context.selected.map((object) => object.id) }
    : way.pinned;
  const isOn = begins || tool.busy(way.state);
  const result = tool.reduce(way.state, event, isOn ? held(context, pinned) : context);
  // A pointer that only moves: whoever draws what is under way has nothing to do.
  if (!begins && !result.transaction && result.state === way.state) return { way, result };
  const started = { ...way, pinned, imageId: begins ? context.imageId : way.imageId };
  // A saved edit stands for all of its steps.
  if (result.transaction) return { way: { ...nothingUnderWay(tool), ...at(result.state) }, result };
  return { way: moved(tool, started, result.state), result };
}

/** The same with another state: a step where the tool sees one. */
export function moved<State>(
  tool: Tool<State>,
  way: UnderWay<State>,
  state: State,
): UnderWay<State> {
  if (state === way.state) return way;
  if (tool.pressed?.(state)) return { ...way, state };
  const word = tool.step?.(way.settled, state) ?? null;
  if (word === null) return { ...way, ...at(state) };
  return {
    ...way,
    ...at(state),
    past: [...way.past, { word, state: way.settled }],
    future: [],
    below: 0,
  };
}

/** One step back; null when only saved steps are left. What is held down comes first. */
export function back<State>(tool: Tool<State>, way: UnderWay<State>): UnderWay<State> | null {
  if (tool.pressed?.(way.state)) {
    const pressed = { word: { kind: 'press' } as const, state: way.state };
    return { ...way, state: way.settled, future: [...way.future, pressed], below: 0 };
  }
  const last = way.past.at(-1);
  if (!last) return null;
  return {
    ...way,
    ...at(last.state),
    past: way.past.slice(0, -1),
    future: [...way.future, { word: last.word, state: way.settled }],
    below: 0,
  };
}

/** One step forward; null when a saved step comes first, or there is none. */
export function forward<State>(tool: Tool<State>, way: UnderWay<State>): UnderWay<State> | null {
  const next = way.future.at(-1);
  if (!next || way.below > 0) return null;
  const future = way.future.slice(0, -1);
  // Restores a state in which the button was down; the caller releases it there.
  if (tool.pressed?.(next.state)) return { ...way, state: next.state, future };
  return {
    ...way,
    ...at(next.state),
    past: [...way.past, { word: next.word, state: way.settled }],
    future,
  };
}

/** A saved step was undone or redone while steps wait to be redone here. */
export function savedStep<State>(way: UnderWay<State>, by: 1 | -1): UnderWay<State> {
  return way.future.length === 0 ? way : { ...way, below: Math.max(0, way.below + by) };
}

/** What undo takes next; null = a saved step. */
export function nextBack<State>(tool: Tool<State>, way: UnderWay<State>): StepWord | null {
  return tool.pressed?.(way.state) ? { kind: 'press' } : (way.past.at(-1)?.word ?? null);
}

/** What redo brings next; null = a saved step. */
export function nextForward<State>(way: UnderWay<State>): StepWord | null {
  return way.below > 0 ? null : (way.future.at(-1)?.word ?? null);
}

const at = <State>(state: State) => ({ state, settled: state });

/** The context as the first press saw it; objects that are gone since are left out. */
export function held(context: ToolContext, pinned: Pinned | null): ToolContext {
  if (!pinned) return context;
  const selected = pinned.targets
    .map((id) => context.objectById(id))
    .filter((object) => object !== null);
  return { ...context, category: pinned.category, selected };
}
