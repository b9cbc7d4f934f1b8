// Questions to another process by number, and the answers that come back for them.

export interface Questions<Answer> {
  /** Sends a question under a number of its own; resolves with the answer. */
  ask(send: (id: number) => void): Promise<Answer>;
  /** Does nothing when the answer is no longer awaited. */
  answer(id: number, answer: Answer): void;
}

export function openQuestions<Answer>(): Questions<Answer> {
  const waiting = new Map<number, (answer: Answer) => void>();
  let nextId = 1;
  return {
    ask: (send) =>
      new Promise((resolve) => {
        const id = nextId++;
        waiting.set(id, resolve);
        send(id);
      }),
    answer(id, answer) {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  };
}
