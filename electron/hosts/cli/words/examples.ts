/** Calls to copy, below the options of a command; each begins with `salience`. */
export function examples(...calls: readonly string[]): string {
  const title = calls.length > 1 ? 'Examples' : 'Example';
  return ['', title, ...calls.map((call) => `  salience ${call}`)].join('\n');
}
