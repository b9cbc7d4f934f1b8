// Which proxy leads to a hub: the one that the environment names, else what the system's settings say,
// which on the desktop only the window's process can ask for.
import { useProxyOf } from '../../../models/packs/download/network.ts';
import type { HostFacts } from '../context.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const NAMES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];

/** The environment's word counts most; null = the way is direct, or another process decides. */
async function systemProxy(
  host: Pick<HostFacts, 'proxyFor'>,
  env: Environment,
  url: string,
): Promise<string | null> {
  if (NAMES.some((name) => env[name])) return null;
  return (await host.proxyFor?.(url)) ?? null;
}

/** Whether requests to `url` go through a proxy. */
export async function hasProxy(
  host: Pick<HostFacts, 'proxyFor'>,
  env: Environment,
  url: string,
): Promise<boolean> {
  return NAMES.some((name) => env[name]) || (await systemProxy(host, env, url)) !== null;
}

/** Sends later requests of this process the way to `url` that holds now: people change networks. */
export async function takeWayTo(
  host: Pick<HostFacts, 'proxyFor'>,
  env: Environment,
  url: string,
): Promise<void> {
  const proxy = await systemProxy(host, env, url);
  useProxyOf(proxy === null ? env : { ...env, HTTPS_PROXY: proxy, HTTP_PROXY: proxy });
}
