// The page of the help that is open, and the screen it was opened from.
import type { App } from '../../state/app.svelte.ts';
import { perApp } from '../../state/perApp.svelte.ts';
import type { ScreenId } from '../../state/session/screenId.ts';
import { PAGE_OF_SCREEN, type Topic } from './pages.ts';

export class Help {
  readonly #app: App;
  topic = $state<Topic>('tour');
  /** Section that was asked for; empty = the top of the page. */
  section = $state('');
  typed = $state('');
  #from = $state<ScreenId | null>(null);

  constructor(app: App) {
    this.#app = app;
  }

  /** The screen that help was opened from. */
  get from(): ScreenId {
    if (this.#from) return this.#from;
    return this.#app.session.project ? 'label' : 'home';
  }

  /** Opens help on the page of the current screen, or where `topic` and `section` say. */
  open(topic?: Topic, section = ''): void {
    const { screen } = this.#app.session;
    if (screen !== 'help') {
      this.#from = screen;
      this.typed = '';
      this.topic = topic ?? PAGE_OF_SCREEN[screen];
    } else if (topic) this.topic = topic;
    this.section = section;
    this.#app.go('help');
  }

  /** Back to the same screen, image, tool and selection. */
  back(): void {
    this.#app.go(this.from);
    this.#from = null;
  }

  /** Goes to a screen and rings one of its controls, once; screens of a project open the sample without one. */
  async show(screen: ScreenId, control: string): Promise<void> {
    if (!this.#app.session.project && !(await this.#app.openSample())) return;
    this.#app.go(screen);
    this.#from = null;
    ring(await appeared(control));
  }
}

export const helpOf = perApp((app) => new Help(app));

const WAIT_MS = 3000;

/** The control, when its screen has drawn it; null when it does not come. */
async function appeared(selector: string): Promise<HTMLElement | null> {
  const end = performance.now() + WAIT_MS;
  while (performance.now() < end) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found && !document.querySelector('[data-help]')) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return null;
}

function ring(control: HTMLElement | null): void {
  if (!control) return;
  control.focus({ preventScroll: true });
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const color = getComputedStyle(control).getPropertyValue('--focus');
  control.animate(
    [
      { outline: `3px solid ${color}`, outlineOffset: '0px' },
      { outline: `3px solid transparent`, outlineOffset: '8px' },
    ],
    { duration: 600, easing: 'ease-out' },
  );
}
