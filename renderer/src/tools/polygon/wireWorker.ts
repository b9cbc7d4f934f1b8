// The live wire in a thread of its own: the first way from a point may take longer than a frame.
import { makeAnswers, type WireQuestion } from './wireTalk.ts';

const answer = makeAnswers();

addEventListener('message', ({ data }: MessageEvent<WireQuestion>) => {
  const reply = answer(data);
  if (reply) postMessage(reply);
});
