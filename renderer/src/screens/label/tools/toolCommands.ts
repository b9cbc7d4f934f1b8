// What the keys do with tools: choose one, and the size of the brush.
import type { App } from '../../../state/app.svelte.ts';
import type { Handlers } from '../../../state/commands.svelte.ts';
import { merge } from '../../../tools/edits.ts';
import type { ToolId } from '../../../tools/types.ts';

const TOOLS: readonly ToolId[] = [
  'select',
  'pan',
  'segment',
  'brush',
  'eraser',
  'polygon',
  'box',
  'wand',
  'fill',
  'split',
  'merge',
];

const BOX_SHAPES = ['rectangle', 'ellipse', 'turned'] as const;

export function toolHandlers({ document, tools }: App): Handlers {
  return {
    ...Object.fromEntries(TOOLS.map((id) => [`tool.${id}`, () => tools.choose(id)])),
    'tool.polygon': () => {
      if (tools.id === 'polygon' && tools.busy) return;
      tools.choose('polygon');
      const single = document.selected.length === 1;
      tools.setOptions({ polygonMode: single ? 'edit' : 'new' });
    },
    // The key once more: the next of its shapes.
    'tool.box': () => {
      if (tools.id !== 'box') return tools.choose('box');
      if (tools.busy) return;
      const at = BOX_SHAPES.indexOf(tools.options.boxShape);
      tools.setOptions({ boxShape: BOX_SHAPES[(at + 1) % BOX_SHAPES.length]! });
    },
    'tool.merge': () => {
      const draft =
        document.selected.length > 1 && tools.id === 'select' ? merge(document.selected) : null;
      if (!draft) return tools.choose('merge');
      document.commit(draft);
      document.select(draft.changes.slice(0, 1).map((change) => change.id));
    },
    'tool.swap': () => tools.choose(tools.id === 'brush' ? 'eraser' : 'brush'),
    'brush.smaller': () => tools.resizeBrush(1 / 1.15),
    'brush.larger': () => tools.resizeBrush(1.15),
    'brush.muchSmaller': () => tools.resizeBrush(0.5),
    'brush.muchLarger': () => tools.resizeBrush(2),
  };
}
