// Which account runs the server: this user, or under root an unprivileged account, since PostgreSQL refuses
// root.
import { readFile } from 'node:fs/promises';
import { ClusterError } from '../database/clusterError.ts';
import type { Account } from './run.ts';

/** Null = this user. Throws ClusterError under root where there is no such account. */
export async function serverAccount(
  accounts: () => Promise<string> = () => readFile('/etc/passwd', 'utf8'),
  userId: number | undefined = process.getuid?.(),
): Promise<Account | null> {
  if (userId !== 0) return null;
  const lines = (await accounts().catch(() => '')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = lines.find(([account]) => account === wanted) ?? [];
    if (name && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw new ClusterError(
    'PostgreSQL does not run as root, and there is no account "postgres" or "nobody" to run it as. Use --db URL.',
  );
}
