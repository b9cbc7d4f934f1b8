// Shows where an image's file lies: the file manager where the host has one, else its path is copied.
import type { ImageId } from '../../../../electron/api/types.ts';
import type { App } from '../../state/app.svelte.ts';
import { copyPath } from './copyPath.ts';

export function showFile(app: App, imageId: ImageId): Promise<boolean> {
  return app.attempt(async () => {
    if (app.session.showsFiles) return void (await app.session.call('image.showFile', { imageId }));
    const { path } = await app.session.call('image.path', { imageId });
    await copyPath(app, path);
  });
}
