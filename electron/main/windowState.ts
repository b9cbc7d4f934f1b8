// Where the window was: remembered between starts, and brought back onto a screen that exists.
import { readFileSync } from 'node:fs';
import { writeIfPossible } from './atomicFile.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState extends Rectangle {
  readonly maximized: boolean;
}

export const SMALLEST = { width: 1100, height: 700 } as const;
const FIRST = { width: 1440, height: 900 } as const;

const overlap = (a: Rectangle, b: Rectangle) =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y));

/** The smallest size that is laid out for, or the whole screen where that is smaller. */
const within = (wanted: number, smallest: number, screen: number) =>
  Math.min(Math.max(wanted, smallest), screen);

/** The saved bounds where enough of them is on a screen, else centred on the first screen; never larger than it. */
export function placeWindow(saved: WindowState | null, screens: readonly Rectangle[]): WindowState {
  // A quarter in view is enough to take hold of the title bar.
  const own =
    saved && screens.find((screen) => overlap(saved, screen) >= (saved.width * saved.height) / 4);
  const screen = own ?? screens[0] ?? { x: 0, y: 0, ...FIRST };
  const width = within(saved?.width ?? FIRST.width, SMALLEST.width, screen.width);
  const height = within(saved?.height ?? FIRST.height, SMALLEST.height, screen.height);
  if (saved && own) return { ...saved, width, height };
  return {
    x: screen.x + Math.round((screen.width - width) / 2),
    y: screen.y + Math.round((screen.height - height) / 2),
    width,
    height,
    maximized: saved?.maximized ?? false,
  };
}

/** Null when there is none or it cannot be read: the window then opens as on the first start. */
export function readWindowState(file: string): WindowState | null {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8')) as Partial<WindowState>;
    const numbers = [value.x, value.y, value.width, value.height];
    return numbers.every(Number.isFinite)
      ? { ...(value as WindowState), maximized: value.maximized === true }
      : null;
  } catch {
    return null;
  }
}

/** Remembers the bounds for the next start, where the disk lets it. */
export function writeWindowState(file: string, state: WindowState): void {
  writeIfPossible(file, JSON.stringify(state));
}
