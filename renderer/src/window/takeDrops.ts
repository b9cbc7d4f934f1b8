// Files that are dropped anywhere in the window: a folder or project is opened, labels are imported, and what
// cannot be taken says what to do instead. A browser would leave the page for a dropped file.
import { desktopBridge } from '../host/desktop.ts';
import type { App } from '../state/app.svelte.ts';
import { droppingOf } from '../panels/dropping.svelte.ts';
import { askedOf } from '../screens/exchange/asked.svelte.ts';
import { text } from '../text/text.ts';

const LABELS = /\.(json|xml|zip)$/i;
const PROJECT = /\.salience$/i;
const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Listens to the whole window until `signal` ends. */
export function takeDrops(app: App, signal: AbortSignal): void {
  const dropping = droppingOf(app);
  let depth = 0;
  const on = (kind: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (e: DragEvent) => void) =>
    window.addEventListener(
      kind,
      (event) => {
        // Classes are dragged within their list.
        if (holdsFiles(event)) act(event);
      },
      { signal },
    );
  on('dragenter', () => {
    depth += 1;
    dropping.over = true;
  });
  on('dragover', (event) => event.preventDefault());
  on('dragleave', () => {
    depth = Math.max(0, depth - 1);
    dropping.over = depth > 0;
  });
  on('drop', (event) => {
    event.preventDefault();
    depth = 0;
    dropping.over = false;
    void take(app, event.dataTransfer!);
  });
}

/** Some systems hand a folder over as a file without a kind. */
function looksLikeFolder(file: File, entry: FileSystemEntry | null): boolean {
  return entry?.isDirectory || (file.type === '' && !file.name.includes('.'));
}

async function take(app: App, data: DataTransfer): Promise<void> {
  const file = data.files[0];
  if (!file) return;
  const words = text.drop;
  const isFolder = looksLikeFolder(file, data.items[0]?.webkitGetAsEntry() ?? null);
  const isLabels = !isFolder && LABELS.test(file.name);
  if (!isFolder && !isLabels && !PROJECT.test(file.name)) {
    app.toasts.show(
      file.type.startsWith('image/') ? words.image(file.name) : words.unknown(file.name),
    );
    return;
  }
  const bridge = desktopBridge();
  // Only a desktop window learns where a dropped file lies.
  if (!bridge) return app.toasts.show(isLabels ? words.labelsInBrowser : words.folderInBrowser);
  if (isLabels && !app.session.project) return app.toasts.show(words.labelsFirst(file.name));
  await app.attempt(async () => {
    const handle = await bridge.handleForDrop(file);
    if (handle === null) return;
    if (!isLabels) return void (await app.openFile(handle));
    askedOf(app).labels = { handle, name: file.name, kind: 'coco', images: null };
    app.dialog = 'import';
  });
}
