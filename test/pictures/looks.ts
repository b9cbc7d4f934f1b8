// The looks that the window can have: sizes, themes and languages. Theme and language are those of the
// "system", which a browser can change under an open page: one walk shows every state in all of them.
import type { Page } from 'playwright-core';
import { LANGUAGES, type Language, type Settings } from '../../electron/api/settings.ts';
import type { PageSize } from '../helpers/drivers/browser.ts';

export type Theme = Exclude<Settings['theme'], 'system'>;

export interface Look {
  readonly language: Language;
  readonly theme: Theme;
}

/** What the walk itself stands in: it finds controls by their English names. */
const WALKED: Look = { language: 'en', theme: 'dark' };

const THEMES: readonly Theme[] = ['dark', 'light', 'contrast'];
const SIZES: { readonly [name: string]: string } = {
  usual: '1440x900',
  wide: '1920x1080',
  laptop: '1280x800',
  compact: '1024x700',
};

/** `dark,light` as looks in these languages. Throws with what can be asked for. */
export function looksOf(languages: string, themes: string): Look[] {
  return oneOf(languages, LANGUAGES).flatMap((language) =>
    oneOf(themes, THEMES).map((theme) => ({ language, theme })),
  );
}

function oneOf<Name extends string>(asked: string, known: readonly Name[]): Name[] {
  return asked.split(',').map((name) => {
    const found = known.find((one) => one === name);
    if (found === undefined) throw new Error(`${name} is none of ${known.join(', ')}.`);
    return found;
  });
}

export interface NamedSize extends PageSize {
  readonly name: string;
}

/** `compact,1100x700` at this zoom in percent: a window of 1440x900 at 200 has 720x450 pixels of its own. */
export function sizesOf(asked: string, percent: number): NamedSize[] {
  return asked.split(',').map((name) => {
    const [, width, height] = /^(\d+)x(\d+)$/.exec(SIZES[name] ?? name) ?? [];
    if (width === undefined || height === undefined)
      throw new Error(`${name} is no size: ${Object.keys(SIZES).join(', ')} or 1280x800.`);
    const zoom = percent / 100;
    return {
      name: `${width}x${height}${percent === 100 ? '' : ` at ${percent} %`}`,
      width: Math.round(Number(width) / zoom),
      height: Math.round(Number(height) / zoom),
      zoom,
    };
  });
}

/** Calls for each look with the page in it, then gives the page back as the walk left it. */
export async function inEachLook(
  page: Page,
  looks: readonly Look[],
  see: (look: Look) => Promise<void>,
): Promise<void> {
  let now = WALKED;
  for (const look of looks) {
    await turn(page, now, look);
    now = look;
    await see(look);
  }
  await turn(page, now, WALKED);
}

async function turn(page: Page, from: Look, to: Look): Promise<void> {
  if (from.theme !== to.theme) {
    await page.emulateMedia({
      colorScheme: to.theme === 'light' ? 'light' : 'dark',
      contrast: to.theme === 'contrast' ? 'more' : 'no-preference',
    });
    await page.locator(`html[data-theme="${to.theme}"]`).waitFor();
  }
  if (from.language !== to.language) {
    await page.evaluate((language) => {
      Object.defineProperty(navigator, 'languages', { get: () => [language], configurable: true });
      dispatchEvent(new Event('languagechange'));
    }, to.language);
    await page.locator(`html[lang|="${to.language.slice(0, 2)}"]`).waitFor();
  }
  await drawn(page);
}

/** Whatever was asked of the next frames is on the screen. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 120))),
  );
}

/** Before the first step of a walk: theme and language follow the "system", which is as the walk wants it. */
export async function asWalked(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark', contrast: 'no-preference' });
}
