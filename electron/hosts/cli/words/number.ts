// An option's number: checked here, so that the message names the option.
import { InvalidArgumentError } from 'commander';

/** The text as it is; commander says which option is wrong when it is no finite number. */
export function number(text: string): string {
  if (text.trim() === '' || !Number.isFinite(Number(text)))
    throw new InvalidArgumentError('A number is expected.');
  return text;
}
