// Puts the chosen theme and scale on the document; "system" follows the computer as it changes.
import type { Settings } from '../../../../electron/api/settings.ts';

/** Returns the function that stops following. */
export function applyTheme(theme: Settings['theme'], scalePercent: number): () => void {
  const root = document.documentElement;
  root.style.setProperty('--scale', String(scalePercent / 100));
  if (theme !== 'system') {
    root.dataset['theme'] = theme;
    return () => {};
  }
  const contrast = window.matchMedia('(prefers-contrast: more)');
  const light = window.matchMedia('(prefers-color-scheme: light)');
  const follow = () => {
    root.dataset['theme'] = contrast.matches ? 'contrast' : light.matches ? 'light' : 'dark';
  };
  follow();
  contrast.addEventListener('change', follow);
  light.addEventListener('change', follow);
  return () => {
    contrast.removeEventListener('change', follow);
    light.removeEventListener('change', follow);
  };
}
