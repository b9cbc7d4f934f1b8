// The one error type of the pipeline: a stable code and a sentence that says what was given,
// what was expected and what to do.

export type PipelineErrorCode =
  /** A parameter is outside its range or does not exist. */
  | 'PARAM_INVALID'
  /** A class name is empty or holds nothing the tokenizer can read. */
  | 'PROMPT_INVALID'
  /** A caption does not fit the model's text length. */
  | 'PROMPT_TOO_LONG'
  /** Tokenizer files are missing or malformed. */
  | 'TOKENIZER_INVALID'
  /** The model or a solver answered with another shape than its contract states. */
  | 'MODEL_OUTPUT_INVALID';

/** A failure of the pipeline that a person can act on. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';
  readonly code: PipelineErrorCode;

  constructor(code: PipelineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
