// States that take weeks of work or a fault to come: a small engine behind the page has them ready.
import type { Page } from 'playwright-core';
import { AppPage } from '../../helpers/drivers/appDriver.ts';
import { openPage } from '../../helpers/drivers/browser.ts';
import { REPORT } from '../../helpers/standIns/rendererHost/corrections.ts';
import { startRendererHost, type RendererHost } from '../../helpers/standIns/rendererHost.ts';
import { asWalked } from '../looks.ts';
import { settled, withClasses, type Walk } from './steps.ts';

export async function steady({ app, size, shot }: Walk): Promise<void> {
  const host = await startRendererHost({
    open: true,
    settings: { theme: 'system', language: 'system', hintsSeen: ['run', 'strip', 'accept'] },
  });
  const { page } = await openPage(app.browser, host.url, size);
  try {
    await look(host, page, shot);
  } finally {
    await page.context().close();
    await host.close().catch(() => undefined);
  }
}

async function look(host: RendererHost, page: Page, shot: Walk['shot']): Promise<void> {
  await asWalked(page);
  const tab = new AppPage(page, []);
  await tab.ready();
  await page.locator('[data-frame="mask"]').waitFor({ state: 'attached' });
  await withClasses({ page });
  host.state.corrections = { ...host.state.corrections, report: REPORT, fate: 'offered' };
  host.changed();
  await page.getByText('31 of 96 open images would change.').waitFor();
  await settled(page);
  await shot('corrections-offer', page);
  await tab.canvas.focus();
  host.publish('notice', { level: 'warn', code: 'DEVICE_FELL_BACK', message: 'No CUDA.' });
  host.failCommits('DISK_FULL');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Not saved' }).click();
  await page.getByRole('dialog', { name: 'Not saved' }).waitFor();
  await shot('not-saved', page);
  await page.keyboard.press('Escape');
  await host.close();
  await page.getByText(/start it again and open its new link/).waitFor();
  await shot('host-gone', page);
}
