// Before there is a project, and its first run.
import { button, dialog, key, runEnded, type Walk } from './steps.ts';

export async function start(walk: Walk): Promise<void> {
  const { page, tab, shot } = walk;
  await button(page, 'Open sample').waitFor();
  await shot('home-first');
  await button(page, 'What is inside').click();
  await dialog(page, 'The sample project').waitFor();
  await shot('home-inside');
  await page.keyboard.press('Escape');
  await button(page, /Choose folder/).click();
  await dialog(page).waitFor();
  await shot('folder-browser');
  await page.keyboard.press('Escape');

  await tab.openSample();
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-canvas] canvas');
    const at = canvas && [canvas.width >> 1, canvas.height >> 1];
    return at && canvas.getContext('2d')!.getImageData(at[0]!, at[1]!, 1, 1).data[3]! > 0;
  });
  await shot('label-first');
  await key(walk, 'i');
  await page
    .getByText(/Pass \d/)
    .first()
    .waitFor({ state: 'attached' });
  await shot('label-running');
  await runEnded(page);
  await shot('label-proposals');
  await page.keyboard.press('Escape');
}
