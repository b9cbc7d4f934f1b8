// Edges of the photograph for the polygon in hand. The ways along them are found by a worker, so that no answer
// holds up a frame: what is over is dropped, and a press that has no answer yet waits with all that follows it.
import { explain } from '../../text/explain.ts';
import { text } from '../../text/text.ts';
import type { Size } from '../../geometry/viewport.ts';
import type { ImageId } from '../../../../electron/api/types.ts';
import type { Edges, Way } from '../../tools/polygon/edges.ts';
import type { XY } from '../../tools/polygon/state.ts';
import { edgeNear, partFrom, partNear, type WireLine } from '../../tools/polygon/wire.ts';
import type { Guide } from '../../tools/polygon/wireGuide.ts';
import type { WireQuestion, WireReply } from '../../tools/polygon/wireTalk.ts';
import type { ToolEvent } from '../../tools/types.ts';
import type { Session } from '../session/session.svelte.ts';
import type { Photo } from '../view/photo.svelte.ts';
import { WireSalience } from './wireSalience.svelte.ts';

export type WireWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

type Notices = Pick<Session['notices'], 'add' | 'end'>;
/** Hands an event to the tool in hand. */
type Send = (event: ToolEvent) => void;

interface Start extends XY {
  readonly imageId: ImageId;
  readonly guide: Guide | null;
}

const NONE: Way = { line: null, waits: false };
const NOTICE = 'POLYGON_EDGES';

const startWorker = (): WireWorker =>
  new Worker(new URL('../../tools/polygon/wireWorker.ts', import.meta.url), { type: 'module' });

export class WireEdges {
  readonly salience = new WireSalience();
  readonly #photo: Pick<Photo, 'part'>;
  readonly #notices: Notices;
  readonly #send: Send;
  readonly #startWorker: () => WireWorker;
  #worker: WireWorker | null = null;
  /** Where ways begin; those from another start are over. */
  #start: Start | null = null;
  /** Where there is no answer to be had. */
  #failed: Start | null = null;
  #answer: { readonly to: XY; readonly line: WireLine | null } | null = null;
  /** The one question under way, and the one that follows it. */
  #asked: { readonly number: number; readonly to: XY } | null = null;
  #next: XY | null = null;
  #number = 0;
  /** Events from a press without an answer on. */
  #waiting: ToolEvent[] = [];
  #hover: ToolEvent | null = null;
  /** No answer is waited for: sides are straight. */
  #isOff = false;

  constructor(photo: Pick<Photo, 'part'>, notices: Notices, send: Send, start = startWorker) {
    this.#photo = photo;
    this.#notices = notices;
    this.#send = send;
    this.#startWorker = start;
  }

  /** What the polygon of an image may ask. */
  of(imageId: ImageId, image: Size, salienceShare: number): Edges {
    const guide = this.salience.guide(salienceShare);
    const read = ([left, top, width, height]: ReturnType<typeof partFrom>) => {
      const pixels = this.#photo.part([left, top, width, height]);
      return pixels && { pixels, left, top, image };
    };
    return {
      near: (point) => {
        const part = read(partNear(image, point));
        return part ? edgeNear(part, point) : point;
      },
      way: (from, to) => {
        const start = { ...from, imageId, guide };
        if (this.#isOff || isSame(this.#failed, start)) return NONE;
        if (!isSame(this.#start, start)) {
          const part = read(partFrom(image, from));
          if (!part || !this.#begin(start, { kind: 'from', part, from, guide })) return NONE;
        }
        return this.#way(to);
      },
    };
  }

  /** Keeps an event that comes after a press without an answer; false when none is waited for. */
  holds(event: ToolEvent): boolean {
    // A place from before a press is not shown again: the pointer is elsewhere, or draws by hand.
    this.#hover = event.kind === 'hover' ? event : null;
    if (this.#waiting.length === 0) return false;
    this.#waiting.push(event);
    return true;
  }

  /** The event comes again when its answer is here. */
  wait(event: ToolEvent): void {
    this.#waiting.push(event);
  }

  /** Something else is done with the shape: what waits is done now, with straight sides. */
  settle(): void {
    this.#isOff = true;
    this.#goOn();
    this.#isOff = false;
    this.#hover = this.#asked = this.#next = null;
  }

  #way(to: XY): Way {
    const { x, y } = this.#answer?.to ?? {};
    if (this.#answer && x === to.x && y === to.y) return { line: this.#answer.line, waits: false };
    this.#next = to;
    this.#ask();
    return { line: this.#answer?.line, waits: true };
  }

  #begin(start: Start, question: WireQuestion & { kind: 'from' }): boolean {
    this.#start = start;
    this.#answer = this.#asked = this.#next = null;
    try {
      this.#worker ??= this.#listenTo(this.#startWorker());
      // Handed over: a window of a photograph is a megabyte.
      this.#worker.postMessage(question, [question.part.pixels.data.buffer as ArrayBuffer]);
    } catch (error) {
      this.#fail(explain(error));
    }
    return this.#worker !== null;
  }

  #ask(): void {
    if (this.#asked || !this.#next || !this.#worker) return;
    this.#asked = { number: (this.#number += 1), to: this.#next };
    this.#next = null;
    this.#worker.postMessage({ kind: 'to', ...this.#asked } satisfies WireQuestion);
  }

  #listenTo(worker: WireWorker): WireWorker {
    worker.onmessage = ({ data }: MessageEvent<WireReply>) => {
      // Of another start, or of one that was given up.
      if (data.number !== this.#asked?.number) return;
      this.#answer = { to: this.#asked.to, line: data.line };
      this.#asked = null;
      this.#notices.end(NOTICE);
      this.#ask();
      this.#goOn();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      // A worker that was not loaded reports a plain event, without a message.
      this.#fail((event.message as string | undefined) ?? null);
      // What waited has no edge to follow.
      this.settle();
    };
    return worker;
  }

  /** Says what is wrong; the next start tries another worker. */
  #fail(reason: string | null): void {
    this.#worker?.terminate();
    this.#failed = this.#start;
    this.#worker = this.#start = this.#asked = this.#next = null;
    this.#notices.add('warn', NOTICE, text.label.tools.edgesFailed(reason));
  }

  /** What waited, in its order; else the side that is shown follows the answer. */
  #goOn(): void {
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length === 0 && this.#hover && !this.#isOff) events.push(this.#hover);
    for (const event of events) this.#send(event);
  }
}

const isSame = (a: Start | null, b: Start) =>
  a?.x === b.x &&
  a.y === b.y &&
  a.imageId === b.imageId &&
  a.guide?.map === b.guide?.map &&
  a.guide?.share === b.guide?.share;
