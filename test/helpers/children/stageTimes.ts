// What the stages of stageWorker.ts take; apart, since reading that file serves tasks.
export const MODEL_MS = 30;
export const EDGES_MS = 300;
