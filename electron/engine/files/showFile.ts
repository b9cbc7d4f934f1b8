// A file in the system's file manager, where the host has one.
import { AppError } from '../../api/errors.ts';
import type { HostFacts } from '../context.ts';

/** Throws BAD_REQUEST in a window that cannot. */
export function showFile({ host }: { readonly host: HostFacts }, path: string): void {
  if (!host.showFile)
    throw new AppError('BAD_REQUEST', 'This window cannot show files of the computer.');
  host.showFile(path);
}
