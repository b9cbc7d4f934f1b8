// Updates through electron-updater: nothing happens unless the app is packaged and a feed is configured.

export interface UpdateFacts {
  readonly isPackaged: boolean;
  /** Address of the feed that the package was built with; empty = none. */
  readonly feed: string;
  readonly jobRunning: boolean;
}

/** Why no update is looked for, or null when one may be. */
export function updateRefusal(facts: UpdateFacts): string | null {
  if (!facts.isPackaged) return 'This copy runs from its sources.';
  if (facts.feed === '') return 'This copy has no update address.';
  if (!/^https:\/\//.test(facts.feed)) return 'The update address is not https.';
  if (facts.jobRunning) return 'A job is running; updates wait.';
  return null;
}

/** Looks once; downloads only when asked, installs on quit. Resolves to the newer version or null. */
export async function lookForUpdate(facts: UpdateFacts): Promise<string | null> {
  if (updateRefusal(facts) !== null) return null;
  const { autoUpdater } = await import('electron-updater');
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.setFeedURL({ provider: 'generic', url: facts.feed });
  const result = await autoUpdater.checkForUpdates();
  return result?.isUpdateAvailable ? result.updateInfo.version : null;
}
