// Where a copy of the runtime's native files lies that the engine makes and the model process loads.

/** Names the folder of such copies to the model process. */
export const OWN_RUNTIME = 'SALIENCE_RUNTIME';

/** One folder for each version: after an update the old copy is not loaded any more. */
export const ownRuntimeFolder = (root: string, version: string): string =>
  `${root}/onnxruntime-${version}`;
