// Where secrets are kept: the system's own store where there is one, else this process's memory. A secret is
// never written to a plain file, logged, or sent to the page.

/** Secrets by name, e.g. the host that an access token is for. */
export interface SecretStore {
  /** Whether a secret stays after the program ends. */
  lasts(): Promise<boolean>;
  get(name: string): Promise<string | null>;
  /** True when it will still be there after a restart; false = the store did not take it. */
  set(name: string, secret: string): Promise<boolean>;
  remove(name: string): Promise<void>;
}

/** For systems without a store, and for tests. */
export function memorySecrets(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    lasts: async () => false,
    get: async (name) => secrets.get(name) ?? null,
    async set(name, secret) {
      secrets.set(name, secret);
      return false;
    },
    async remove(name) {
      secrets.delete(name);
    },
  };
}
