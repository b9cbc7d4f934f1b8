// Decisions of the window's process about what a page may do; pure, so that each denial is tested alone.

export const APP_ORIGIN = 'app://bundle';
export const APP_START = `${APP_ORIGIN}/index.html`;

/** The desktop page's policy: like the browser host's, with pixels from the media scheme. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' media: blob:",
  "connect-src 'self' media:",
  "worker-src 'self' blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The preferences of every window; stated although most are defaults, and held by a test. */
export const WEB_PREFERENCES = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  spellcheck: false,
} as const;

const originOf = (address: string): string | null => {
  const url = URL.parse(address);
  // Custom schemes have the opaque origin 'null'; scheme and host say the same thing.
  return url ? `${url.protocol}//${url.host}` : null;
};

/** Only the program's own page may be navigated to. */
export const mayNavigate = (address: string): boolean => originOf(address) === APP_ORIGIN;

/** Denies everything but writing text to the clipboard from the program's own page. */
export const mayUse = (permission: string, requestingAddress: string): boolean =>
  permission === 'clipboard-sanitized-write' && originOf(requestingAddress) === APP_ORIGIN;

const OUTSIDE_HOSTS = ['github.com', 'huggingface.co', 'cocodataset.org'];

/** Links that may open in the system's browser: https, a known host, no credentials. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.port === '' &&
    OUTSIDE_HOSTS.includes(url.hostname)
  );
}

export interface SenderFacts {
  readonly isTopFrame: boolean;
  readonly address: string;
  readonly contentsId: number;
}

/** IPC is answered only to the top frame of the program's own window while it shows the program's own page. */
export const mayCall = (sender: SenderFacts, knownContents: ReadonlySet<number>): boolean =>
  sender.isTopFrame &&
  knownContents.has(sender.contentsId) &&
  originOf(sender.address) === APP_ORIGIN;
