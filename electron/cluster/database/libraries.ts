// Packages that only the cluster commands use, loaded when one runs, so that no other command loads or needs
// them.
import { ClusterError } from './clusterError.ts';

/** The package, or a sentence that says how to get it. */
export async function loadOptional<T>(
  name: string,
  { what, load }: { readonly what: string; readonly load: () => Promise<T> },
): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const code = (cause as { code?: string }).code ?? '';
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new ClusterError(
      `${what} needs the package ${name}, which is not installed: run "npm install ${name}" in the folder of Salience.`,
      { cause },
    );
  }
}

const DATABASE = 'The cluster database';

export const loadPg = () => loadOptional('pg', { what: DATABASE, load: () => import('pg') });

export const loadPgBoss = () =>
  loadOptional('pg-boss', { what: DATABASE, load: () => import('pg-boss') });

export const loadCopyStreams = () =>
  loadOptional('pg-copy-streams', { what: DATABASE, load: () => import('pg-copy-streams') });

export const loadS3 = () =>
  loadOptional('@aws-sdk/client-s3', {
    what: 'Reading a bucket',
    load: () => import('@aws-sdk/client-s3'),
  });
