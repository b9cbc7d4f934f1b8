// What each folder is for, in one sentence; a folder without a line fails the check.
import { ELECTRON } from './electron.ts';
import { OTHERS } from './others.ts';
import { RENDERER } from './renderer.ts';

export const PURPOSES: Readonly<Record<string, string>> = { ...ELECTRON, ...RENDERER, ...OTHERS };
