// Sort keys that put 'img9' before 'img10', so that the database can sort and page by an index.
// A run of digits becomes its length and its digits; comparing keys as bytes then compares numbers.

/** Key of a relative path. Equal keys are possible (`01`, `1`); the database breaks ties by id. */
export function naturalSortKey(name: string): string {
  return name.toLowerCase().replace(/\d+/g, (digits) => {
    const value = digits.replace(/^0+(?=\d)/, '');
    return `0${String.fromCharCode(0x30 + Math.min(value.length, 70))}${value}`;
  });
}
