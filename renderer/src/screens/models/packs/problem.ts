// Why a download or a new pack failed, in the words of the Models screen.
import { AppError } from '../../../../../electron/api/errors.ts';
import type { PackSummary } from '../../../../../electron/api/model.ts';
import { explain } from '../../../text/explain.ts';
import { percent } from '../../../text/plural.ts';
import { text } from '../../../text/text.ts';

/** Why a download stopped, and what helps. */
export interface DownloadProblem {
  readonly code: string;
  readonly message: string;
}

/** In the words of this screen: a full disk here is not an unsaved label. */
export function problemOf(error: unknown): DownloadProblem {
  const code = error instanceof AppError ? error.code : 'INTERNAL';
  const own = wayTo(error) ?? text.models.problems[code] ?? explain(error);
  return { code, message: code === 'MODEL_INVALID' ? `${text.models.notReadable} ${own}` : own };
}

/** What stands between this computer and the hub, as the engine found it; null for other failures. */
function wayTo(error: unknown): string | null {
  if (!(error instanceof AppError)) return null;
  // Most failures have no data.
  const { found = '', fix = '' } = (error.data ?? {}) as Readonly<Record<string, string>>;
  if (error.code === 'HUB_UNREACHABLE') return text.models.unreachable(found);
  return error.code === 'CERTIFICATE_UNTRUSTED' ? text.models.untrusted(found, fix) : null;
}

/** Of a pack's download; a line that broke says how far it came. */
export function messageOf({ code, message }: DownloadProblem, pack: PackSummary): string {
  return code === 'NETWORK_FAILED' && pack.receivedBytes > 0 && pack.bytes > 0
    ? text.models.endedAt(percent(pack.receivedBytes / pack.bytes))
    : message;
}

export interface Way {
  readonly label: string;
  readonly run: () => void;
}

/** Ways to a pack that do without the hub, where it cannot be reached. */
export function waysRound(
  problem: DownloadProblem | null,
  { mirror, local }: { readonly mirror: () => void; readonly local: () => void },
): readonly Way[] {
  if (problem?.code !== 'HUB_UNREACHABLE') return [];
  return [
    { label: text.models.mirror, run: mirror },
    { label: text.models.addFolder, run: local },
  ];
}
