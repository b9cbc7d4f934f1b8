// The armed tool and its options.
import type { CategoryId } from '../../../electron/api/types.ts';
import type { ToolId, ToolOptions } from '../tools/types.ts';
import type { DocumentState } from './document.svelte.ts';
import type { Session } from './session.svelte.ts';
import type { Viewport } from './viewport.svelte.ts';

export class Tools {
  readonly session: Session;
  readonly document: DocumentState;
  readonly viewport: Viewport;
  active = $state<ToolId>('select');
  options = $state.raw<ToolOptions>({
    size: 24,
    tip: 'round',
    protect: true,
    polygonMode: 'new',
    detail: 2,
    tolerance: 24,
    contiguous: true,
    shapeMode: 'new',
  });
  categoryId = $state<CategoryId | null>(null);
  constructor(session: Session, document: DocumentState, viewport: Viewport) {
    this.session = session;
    this.document = document;
    this.viewport = viewport;
  }
  chooseCategory(id: CategoryId): void {
    this.categoryId = id;
  }
}
