// The About dialog: this version, the page of newer ones, and the licences. The program makes no connection by
// itself, so it names the page instead.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, MessageBoxOptions } from 'electron';
import { app, dialog, shell } from 'electron';
import { mayOpenOutside } from './security.ts';

export interface AboutFacts {
  readonly version: string;
  /** Page of the releases, where the package was made by a forge that has one. */
  readonly releases: string | null;
  /** Folder of licences and notices beside the program. */
  readonly licences: string | null;
}

/** Facts from the package; a program run from its sources has fewer. */
export function aboutFacts(appFolder: string, resourcesFolder: string): AboutFacts {
  const { version = '', homepage = '' } = JSON.parse(
    readFileSync(join(appFolder, 'package.json'), 'utf8'),
  ) as { version?: string; homepage?: string };
  const releases = `${homepage}/releases`;
  const licences = join(resourcesFolder, 'licences');
  return {
    version,
    releases: mayOpenOutside(releases) ? releases : null,
    licences: existsSync(licences) ? licences : null,
  };
}

/** The question, and what each of its buttons does. */
export function aboutBox({ version, releases, licences }: AboutFacts): {
  readonly box: MessageBoxOptions;
  readonly actions: readonly ('close' | 'releases' | 'licences')[];
} {
  const actions = [
    'close' as const,
    ...(releases === null ? [] : ['releases' as const]),
    ...(licences === null ? [] : ['licences' as const]),
  ];
  const words = { close: 'Close', releases: 'Open the release page', licences: 'Show licences' };
  const where =
    releases === null
      ? 'New versions are where you got this one.'
      : `New versions are on ${releases}`;
  return {
    box: {
      type: 'info',
      message: `Salience ${version}`,
      detail: `Salience does not look for new versions by itself and connects to nothing that you did not ask for.\n\n${where}\n\nYour projects and models stay when you install a newer version over this one.`,
      buttons: actions.map((action) => words[action]),
      defaultId: 0,
      cancelId: 0,
    },
    actions,
  };
}

/** Shows it, and opens what the person chose. */
export async function showAbout(window: BrowserWindow): Promise<void> {
  const facts = aboutFacts(app.getAppPath(), process.resourcesPath);
  const { box, actions } = aboutBox(facts);
  const { response } = await dialog.showMessageBox(window, box);
  const action = actions[response];
  if (action === 'releases' && facts.releases) await shell.openExternal(facts.releases);
  if (action === 'licences' && facts.licences) await shell.openPath(facts.licences);
}
