// Every command of the program with its keys in three presets. Keys are places on the keyboard
// (KeyboardEvent.code), written 'Ctrl+Shift+KeyZ'; `Mod` is Ctrl, or Cmd on a Mac.
import type { keys as keyTexts } from '../text/en/keys.ts';

export type CommandId = keyof (typeof keyTexts)['commands'];
export type CommandGroup = keyof (typeof keyTexts)['groups'];
export type Preset = 'salience' | 'labelme' | 'cvat';

export interface Command {
  readonly id: CommandId;
  readonly group: CommandGroup;
  /** Keys of the Salience preset; several work alike. */
  readonly keys: readonly string[];
  readonly labelme?: readonly string[];
  readonly cvat?: readonly string[];
  /** Acts while it is held; told of both press and release. */
  readonly hold?: boolean;
  /** Goes on while the key repeats. */
  readonly repeats?: boolean;
  /** Works while a text field has the focus. */
  readonly inFields?: boolean;
}

/** Commands of the editing groups that change nothing in the project. */
const LOOKING: ReadonlySet<CommandId> = new Set([
  'tool.select',
  'tool.pan',
  'object.next',
  'object.previous',
  'object.copy',
  'object.all',
  'object.fields',
  'evidence.toggle',
  'evidence.previous',
  'evidence.next',
  'evidence.open',
  'model.prompt',
  'class.page',
  'class.pageBack',
]);
const EDITING =
  /^(tool|segment|brush|proposal|object|class|model|threshold)\.|^app\.(undo|redo|import)$|\.reviewed$/;

/** True for what cannot be done in a window that only looks. */
export function changesProject(id: CommandId): boolean {
  return EDITING.test(id) && !LOOKING.has(id);
}

const command = (
  group: CommandGroup,
  id: CommandId,
  keys: readonly string[],
  more: Omit<Command, 'group' | 'id' | 'keys'> = {},
): Command => ({ group, id, keys, ...more });

export const COMMANDS: readonly Command[] = [
  command('tools', 'tool.select', ['KeyV'], { labelme: ['Mod+KeyJ'], cvat: ['KeyV'] }),
  command('tools', 'tool.pan', ['KeyH']),
  command('tools', 'tool.segment', ['KeyS']),
  command('tools', 'segment.sharper', ['Shift+KeyZ']),
  command('tools', 'segment.acceptAndStay', ['KeyN'], { cvat: [] }),
  command('tools', 'tool.brush', ['KeyB']),
  command('tools', 'tool.eraser', ['KeyE']),
  command('tools', 'tool.polygon', ['KeyP'], { labelme: ['Mod+KeyN'], cvat: ['KeyN'] }),
  command('tools', 'tool.box', ['KeyR'], { labelme: ['Mod+KeyR'] }),
  command('tools', 'tool.wand', ['KeyW']),
  command('tools', 'tool.fill', ['KeyG']),
  command('tools', 'tool.split', ['KeyK'], { cvat: ['Alt+KeyM'] }),
  command('tools', 'tool.merge', ['KeyM']),
  command('tools', 'tool.swap', ['KeyX']),
  command('tools', 'brush.smaller', ['BracketLeft'], { repeats: true }),
  command('tools', 'brush.larger', ['BracketRight'], { repeats: true }),
  command('tools', 'brush.muchSmaller', ['Shift+BracketLeft'], { repeats: true }),
  command('tools', 'brush.muchLarger', ['Shift+BracketRight'], { repeats: true }),
  command('move', 'image.next', ['KeyD', 'ArrowRight'], { cvat: ['KeyF'], repeats: true }),
  command('move', 'image.previous', ['KeyA', 'ArrowLeft'], { cvat: ['KeyD'], repeats: true }),
  command('move', 'image.nextOpen', ['Shift+KeyD'], { cvat: ['ArrowRight'] }),
  command('move', 'image.previousOpen', ['Shift+KeyA'], { cvat: ['ArrowLeft'] }),
  command('move', 'image.first', ['Home']),
  command('move', 'image.last', ['End']),
  command('move', 'image.goTo', ['Mod+KeyG']),
  command('move', 'image.filter', ['Slash']),
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((n) =>
    command('move', `filter.${n}`, [`Alt+Digit${n}`]),
  ),
  command('decide', 'proposal.accept', ['Enter']),
  command('decide', 'proposal.reject', ['Backspace']),
  command('decide', 'proposal.acceptAll', ['Shift+Enter']),
  command('decide', 'image.reviewed', ['Mod+Enter']),
  command('model', 'model.run', ['KeyI']),
  command('model', 'model.prompt', ['Mod+KeyI'], { inFields: true }),
  command('model', 'model.compare', ['Shift+KeyI']),
  command('model', 'model.batch', ['Mod+KeyB'], { inFields: true }),
  command('model', 'evidence.toggle', ['KeyO']),
  command('model', 'evidence.previous', ['Comma'], { repeats: true }),
  command('model', 'evidence.next', ['Period'], { repeats: true }),
  command('model', 'evidence.open', ['Shift+KeyO']),
  command('model', 'threshold.down', ['Minus'], { repeats: true }),
  command('model', 'threshold.up', ['Equal'], { repeats: true }),
  command('view', 'view.fit', ['KeyF'], { labelme: ['Mod+KeyF'], cvat: ['Shift+KeyF'] }),
  command('view', 'view.actual', ['KeyZ', 'Mod+Digit0']),
  command('view', 'view.zoomIn', ['Mod+Equal'], { repeats: true }),
  command('view', 'view.zoomOut', ['Mod+Minus'], { repeats: true }),
  command('view', 'view.contrast', ['KeyC']),
  command('view', 'view.peek', ['KeyT'], { hold: true }),
  command('view', 'view.photo', ['KeyQ'], { hold: true }),
  command('view', 'view.pan', ['Space'], { hold: true }),
  command('view', 'view.panels', ['Mod+Backslash']),
  command('view', 'view.hideOthers', ['Shift+KeyT']),
  command('objects', 'object.next', ['Tab'], { repeats: true }),
  command('objects', 'object.previous', ['Shift+Tab'], { repeats: true }),
  command('objects', 'object.delete', ['Delete']),
  command('objects', 'object.copy', ['Mod+KeyC']),
  command('objects', 'object.paste', ['Mod+KeyV']),
  command('objects', 'object.duplicate', ['Mod+KeyD']),
  command('objects', 'object.propagate', ['Mod+Shift+KeyD']),
  command('objects', 'object.all', ['Mod+KeyA']),
  command('objects', 'object.lock', ['KeyL']),
  command('objects', 'object.forward', ['PageUp']),
  command('objects', 'object.backward', ['PageDown']),
  command('objects', 'object.front', ['Shift+PageUp']),
  command('objects', 'object.back', ['Shift+PageDown']),
  command('objects', 'object.grow', ['Shift+Equal'], { repeats: true }),
  command('objects', 'object.shrink', ['Shift+Minus'], { repeats: true }),
  command('objects', 'object.smooth', ['Shift+KeyS']),
  command('objects', 'object.fillHoles', ['Shift+KeyG']),
  command('objects', 'object.clean', ['KeyU']),
  command('objects', 'object.parts', ['Shift+KeyK']),
  command('objects', 'object.joinAgain', []),
  command('objects', 'object.subtract', ['Shift+KeyM']),
  command('objects', 'object.intersect', ['Shift+KeyX']),
  command('objects', 'object.fields', ['Semicolon']),
  command('objects', 'object.class', ['Mod+KeyE']),
  ...([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((n) =>
    command('objects', `class.${n}`, [`Digit${n}`], { cvat: [`Mod+Digit${n}`] }),
  ),
  command('objects', 'class.page', ['Digit0'], { repeats: true }),
  command('objects', 'class.pageBack', ['Shift+Digit0'], { repeats: true }),
  command('objects', 'class.merge', []),
  command('app', 'app.save', ['Mod+KeyS'], { inFields: true }),
  command('app', 'app.undo', ['Mod+KeyZ'], { repeats: true }),
  command('app', 'app.redo', ['Mod+Shift+KeyZ', 'Mod+KeyY'], { repeats: true }),
  command('app', 'app.palette', ['Mod+KeyK'], { inFields: true }),
  command('app', 'app.keys', ['Shift+Slash']),
  command('app', 'app.help', ['F1'], { inFields: true }),
  command('app', 'app.escape', ['Escape']),
  command('app', 'app.region', ['F6'], { inFields: true }),
  command('app', 'app.regionBack', ['Shift+F6'], { inFields: true }),
  command('app', 'app.openFolder', ['Mod+KeyO'], { inFields: true }),
  command('app', 'app.openProject', []),
  command('app', 'app.openSample', []),
  command('app', 'app.import', []),
  command('app', 'app.export', ['Mod+Shift+KeyE'], { inFields: true }),
  command('app', 'app.home', []),
  command('app', 'screen.label', ['Mod+Shift+Digit1'], { inFields: true }),
  command('app', 'screen.evidence', ['Mod+Shift+Digit2'], { inFields: true }),
  command('app', 'screen.review', ['Mod+Shift+Digit3'], { inFields: true }),
  command('app', 'screen.jobs', ['Mod+Shift+Digit4'], { inFields: true }),
  command('app', 'screen.tune', ['Mod+Shift+Digit5'], { inFields: true }),
  command('app', 'screen.statistics', ['Mod+Shift+Digit6'], { inFields: true }),
  command('app', 'screen.models', []),
  command('app', 'screen.settings', ['Mod+Comma'], { inFields: true }),
];
