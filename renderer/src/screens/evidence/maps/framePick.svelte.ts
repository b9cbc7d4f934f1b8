// Which frame of a film is looked at: the one under the pointer, else the one that was pinned.
import type { EvidenceFrame } from './frames.ts';

export class FramePick {
  pinned = $state<string | null>(null);
  hovered = $state<string | null>(null);

  get key(): string | null {
    return this.hovered ?? this.pinned;
  }

  /** Pins a frame; a pinned frame is unpinned. */
  pin(key: string | null): void {
    this.pinned = this.pinned === key ? null : key;
  }

  /** Steps through the frames; from nothing it starts at an end. Null when there is none. */
  step(frames: readonly EvidenceFrame[], by: 1 | -1): EvidenceFrame | null {
    const at = frames.findIndex((frame) => frame.key === this.pinned);
    const next = at < 0 ? (by > 0 ? 0 : frames.length - 1) : at + by;
    const frame = frames[Math.min(frames.length - 1, Math.max(0, next))] ?? null;
    this.pinned = frame?.key ?? this.pinned;
    return frame;
  }

  toEnd(frames: readonly EvidenceFrame[], end: 'first' | 'last'): boolean {
    const frame = end === 'first' ? frames[0] : frames.at(-1);
    if (frame) this.pinned = frame.key;
    return frame !== undefined;
  }
}
