// Screen and image in the address, so that a reload comes back to them.
import type { ImageId } from '../../../electron/api/types.ts';
import { SCREEN_IDS, type ScreenId } from './session/screenId.ts';

export function routeScreen(): ScreenId | null {
  const name = location.hash.split('/')[1];
  return SCREEN_IDS.find((screen) => screen === name) ?? null;
}

export function routeImage(): ImageId | null {
  const id = Number(location.hash.split('/')[2]);
  return Number.isInteger(id) && id > 0 ? (id as ImageId) : null;
}

export function rememberRoute(screen: ScreenId, imageId: ImageId | null): void {
  history.replaceState(null, '', `#/${screen}${imageId === null ? '' : `/${imageId}`}`);
}
