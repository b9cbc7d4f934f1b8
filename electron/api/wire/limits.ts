// Sizes and times that both ends agree on.

/** Raised when a frame or method changes its meaning; a mismatch is refused with a clear message. */
export const PROTOCOL = 2;

export const MAX_HEADER_BYTES = 4 * 1024 * 1024;
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;
export const MAX_SEGMENTS = 65_536;
/** Nesting of a payload; deeper input is hostile, not data. */
export const MAX_DEPTH = 48;
export const MAX_REQUESTS_IN_FLIGHT = 256;

/** Above this many unsent bytes, events that may skip are held back. */
export const BACKPRESSURE_BYTES = 8 * 1024 * 1024;
/** Above this a reader is too slow to serve: the connection ends, the client comes back with its revision. */
export const MAX_BUFFERED_BYTES = 128 * 1024 * 1024;
/** Least time between two 'latest' events of one key. */
export const LATEST_EVERY_MS = 100;
/** A cancelled step that has not ended by then may be killed with its process. */
export const CANCEL_BUDGET_MS = 15_000;
