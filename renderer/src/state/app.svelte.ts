// The state of the window, wired once. Screens get it with getApp().
import { toPayload } from '../../../electron/api/errors.ts';
import { getContext, setContext } from 'svelte';
import type { ProjectSummary } from '../../../electron/api/methods/project.ts';
import type { Handle, ImageId } from '../../../electron/api/types.ts';
import type { CommandId } from '../keys/commands.ts';
import { explain } from '../text/explain.ts';
import { text } from '../text/text.ts';
import { Commands } from './commands.svelte.ts';
import { DocumentState } from './document/document.svelte.ts';
import { Images } from './images/images.svelte.ts';
import { Layout } from './layout.svelte.ts';
import { letGoWhenAsked } from './session/letGo.ts';
import type { DialogId } from './session/dialogId.ts';
import { Photo } from './view/photo.svelte.ts';
import { Prelabel } from './prelabel.svelte.ts';
import { rememberRoute, routeImage, routeScreen } from './route.ts';
import { Session, type Connecting } from './session/session.svelte.ts';
import type { ScreenId } from './session/screenId.ts';
import { Toasts } from './toasts.svelte.ts';
import { Tools } from './tools/tool.svelte.ts';
import { Viewport } from './view/viewport.svelte.ts';

export class App {
  readonly session: Session;
  readonly toasts = new Toasts();
  readonly layout: Layout;
  readonly commands: Commands;
  readonly images: Images;
  readonly document: DocumentState;
  readonly prelabel: Prelabel;
  readonly viewport = new Viewport();
  readonly photo = new Photo();
  readonly tools: Tools;
  dialog = $state<DialogId | null>(null);
  /** What is being opened, for the busy state of its button. */
  opening = $state<string | null>(null);
  windowWidth = $state(1440);
  readonly #entering = new Set<() => void>();

  constructor(connect: Connecting, storage: Storage | null) {
    this.session = new Session(crypto.randomUUID(), connect);
    this.layout = new Layout(storage);
    this.commands = new Commands(this.session);
    this.images = new Images(this.session);
    this.document = new DocumentState(this.session);
    this.prelabel = new Prelabel(this.session, this.document);
    this.tools = new Tools(this.session, this.document, this.viewport, this.photo);
    this.document.onRefused = this.commands.onRefused = () => this.refuse();
    this.session.on('project.turned', ({ kind, of, clientId, label }) => {
      const isMine = of === this.session.clientId && clientId !== this.session.clientId;
      if (isMine) this.toasts.show(text.label.live.turnedElsewhere[kind](label));
    });
    letGoWhenAsked(this.session, () => this.#settle());
    this.session.on('notice', ({ level, code, message }) => {
      this.session.notices.add(level, code, message);
    });
    this.session.on('model.status', () => this.session.refreshModels());
  }

  /** First connection, or again after it was lost; a project that is open shows its images. */
  async start(): Promise<void> {
    await this.session.open();
    this.tools.parking.retry();
    if (this.session.project) await this.#enter(this.session.project, routeImage());
    else this.session.screen = 'home';
  }

  /** Calls after each opening of the project and each new connection, until `signal` ends. */
  onEntered(entered: () => void, signal: AbortSignal): void {
    this.#entering.add(entered);
    signal.addEventListener('abort', () => this.#entering.delete(entered));
  }

  /** Says why nothing is edited in a window that only looks. */
  refuse(): void {
    this.toasts.show(this.session.displaced ? text.app.displacedHint : text.app.lookOnly);
  }

  /** Runs something that may fail and says so where nothing better can; true = it worked. */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.toasts.show(explain(error), { kind: 'error' });
      return false;
    }
  }

  /** Opens the sample; the first time three class names are typed in already. */
  openSample(): Promise<boolean> {
    return this.#opened('sample', async () => {
      const project = await this.session.call('project.openSample', {});
      if (project.categories.length > 0) return project;
      await this.session.call('category.add', { names: text.home.sampleClasses });
      return this.session.call('project.summary', {});
    });
  }

  openFolder(folder: Handle): Promise<boolean> {
    return this.#opened(folder, () => this.session.call('project.openFolder', { folder }));
  }

  /** A project file, or a folder where the handle stands for one. */
  openFile(file: Handle): Promise<boolean> {
    return this.#opened(file, () => this.session.call('project.openFile', { file }));
  }

  /** Opens the project of this window once more: after another one took its place, or to edit it. */
  async openAgain(): Promise<void> {
    const { project } = this.session;
    if (project) await this.openFile(project.handle);
  }

  /** Makes this project editable here; another program that writes it is asked to save and let go. */
  editHere(): Promise<boolean> {
    return this.#opened('here', () => this.session.call('project.takeOver', {}));
  }

  /** Goes to the project that another window opened. */
  followOther(): Promise<boolean> {
    return this.#opened('other', () => this.session.call('project.summary', {}));
  }

  async closeProject(): Promise<void> {
    await this.attempt(async () => {
      // With another project in the engine nothing of ours can be written.
      if (!this.session.displaced) await this.#settle();
      await this.session.call('project.close', {});
      this.#leave();
      this.session.show(null);
      this.go('home');
    });
  }

  go(screen: ScreenId): void {
    if (screen !== this.session.screen) this.tools.leave();
    this.session.screen = screen;
    this.#rememberRoute();
  }

  /** Opens an image in the Label screen's list order. */
  async openImage(imageId: ImageId, index = this.images.indexOf(imageId)): Promise<void> {
    this.images.currentIndex = index;
    this.images.openId = imageId;
    this.prelabel.foundNothing = false;
    this.prelabel.problem = null;
    if (imageId !== this.document.image?.id) this.tools.leave();
    await this.document.open(imageId);
    const { image, loading, problem, failedId } = this.document;
    if (failedId === imageId) this.images.failed(imageId, toPayload(problem));
    else if (image?.id === imageId) this.images.replace(image);
    // It stayed where it was: the list says so.
    if (image && image.id !== imageId && !loading && problem === null)
      this.images.currentIndex = this.images.indexOf(image.id);
    this.#rememberRoute();
  }

  async openIndex(index: number): Promise<void> {
    this.images.currentIndex = index;
    await this.attempt(() =>
      this.images.going(async () => {
        await this.images.need(index, index + 1);
        const image = this.images.at(index);
        if (image && this.images.currentIndex === index) await this.openImage(image.id, index);
      }),
    );
  }

  /** Runs a command as its key would. */
  run(id: CommandId): void {
    this.commands.run(id);
  }

  /** Everything that was done, and what is unfinished, is in the project. */
  async #settle(): Promise<void> {
    this.tools.leave();
    await this.document.flush();
    await this.tools.parking.flush();
  }

  #opened(what: string, work: () => Promise<ProjectSummary>): Promise<boolean> {
    this.opening = what;
    return this.attempt(async () => {
      // With another project in the engine nothing of this window can be written: opening its own is the way out.
      if (!this.session.displaced) await this.#settle();
      const project = await work();
      if (project.id === this.session.scope?.id) return this.#comeBack(project);
      this.#leave();
      this.session.show(project);
      await this.#enter(project, null);
    }).finally(() => (this.opening = null));
  }

  /** The same project again: edits that wait are written now, and the image stays open. */
  async #comeBack(project: ProjectSummary): Promise<void> {
    this.session.show(project);
    if (this.session.screen === 'home') this.go('label');
    if (this.document.saveState === 'failed') await this.document.retry();
    await this.document.reload();
    await this.images.refresh();
    this.#tellEntered();
  }

  #leave(): void {
    this.document.close();
    this.images.clear();
  }

  async #enter(project: ProjectSummary, imageId: ImageId | null): Promise<void> {
    this.session.screen = routeScreen() ?? 'label';
    if (this.session.screen === 'home') this.session.screen = 'label';
    await this.images.going(async () => {
      await this.images.refresh();
      this.session.refreshModels().catch(() => undefined);
      this.#tellEntered();
      if (imageId !== null && project.images > 0)
        await this.openImage(imageId, this.images.indexOf(imageId));
      if (this.document.image === null && this.images.total > 0) await this.openIndex(0);
    });
    this.#rememberRoute();
  }

  #tellEntered(): void {
    for (const listener of this.#entering) listener();
  }

  #rememberRoute(): void {
    rememberRoute(this.session.screen, this.document.image?.id ?? null);
  }
}

const KEY = Symbol('app');

export function provideApp(app: App): App {
  return setContext(KEY, app);
}

/** The window's state, inside any component. */
export function getApp(): App {
  return getContext<App>(KEY);
}
