// Hosts of their own on one computer: network namespaces with a cable each to this one, which can be pulled.
import { spawnSync } from 'node:child_process';

export interface NetworkHost extends Disposable {
  /** What stands before a program that is to run there. */
  readonly through: readonly string[];
  /** This computer's address as that host sees it. */
  readonly address: string;
  plug(isIn: boolean): void;
}

function ip(...args: string[]): string | null {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

/** Why there can be none here; null when there can. */
export function noNetworkHosts(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are a thing of Linux';
  const name = `salience-probe-${process.pid}`;
  const fault = ip('netns', 'add', name);
  if (fault !== null) return `this user may make no network namespace (${fault.split('\n')[0]})`;
  const cable = ip(
    'link',
    'add',
    `sp${process.pid}`,
    'type',
    'veth',
    'peer',
    'name',
    'eth0',
    'netns',
    name,
  );
  ip('netns', 'delete', name);
  return cable === null ? null : `no cable can be laid to it (${cable})`;
}

/** The host of this number, from 1; its cable is plugged in. Throws with what the system says. */
export function networkHost(number: number): NetworkHost {
  const name = `salience-${process.pid}-${number}`;
  const link = `s${process.pid}-${number}`.slice(0, 15);
  const net = `10.${100 + (process.pid % 100)}.${number}`;
  const must = (...args: string[]) => {
    const fault = ip(...args);
    if (fault !== null) throw new Error(`ip ${args.join(' ')}: ${fault}`);
  };
  must('netns', 'add', name);
  try {
    must('link', 'add', link, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
    must('address', 'add', `${net}.1/24`, 'dev', link);
    must('link', 'set', link, 'up');
    must('-n', name, 'address', 'add', `${net}.2/24`, 'dev', 'eth0');
    must('-n', name, 'link', 'set', 'eth0', 'up');
  } catch (error) {
    ip('netns', 'delete', name);
    throw error;
  }
  return {
    through: ['ip', 'netns', 'exec', name],
    address: `${net}.1`,
    plug: (isIn) => must('link', 'set', link, isIn ? 'up' : 'down'),
    // The cable goes with it.
    [Symbol.dispose]: () => void ip('netns', 'delete', name),
  };
}
