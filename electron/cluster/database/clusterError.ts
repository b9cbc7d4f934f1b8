// A refusal or a failure in words for a person; the command line shows the message and nothing else.

export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly code = 'CLUSTER';
}
