// Types of electron-builder.mjs, which stays JavaScript so that electron-builder can load it by itself.
import type { Configuration } from 'electron-builder';

export function withoutOtherSystems(own: 'linux' | 'darwin' | 'win32'): string[];
declare const config: Configuration;
export default config;
