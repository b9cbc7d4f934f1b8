// How the program restarts after the engine ended unexpectedly, and how an AppImage names itself.

/** Marks a program that has started itself again. */
const RESTARTED = '--restarted';
/** An engine that lived this long did not fail at its start. */
const HEALTHY_SECONDS = 60;

/** Arguments to start again with, or null when that has just been tried. */
export function restartArguments(argv: readonly string[], upSeconds: number): string[] | null {
  if (argv.includes(RESTARTED) && upSeconds < HEALTHY_SECONDS) return null;
  return [...argv.slice(1).filter((argument) => argument !== RESTARTED), RESTARTED];
}

/** Options for app.relaunch: an AppImage runs from a mount that is gone by then, and is named by its file. */
export function relaunchOptions(
  args: string[],
  env: Readonly<Record<string, string | undefined>>,
): { args: string[]; execPath?: string } {
  const { APPIMAGE } = env;
  return APPIMAGE ? { args, execPath: APPIMAGE } : { args };
}
