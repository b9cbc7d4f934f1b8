// A grouped bar chart as plain SVG, readable in light and dark pages.

const COLORS = ['#256bb1', '#e86494', '#567506', '#955544'];
const LEFT = 190;
const WIDTH = 720;
const BAR = 11;
const GAP = 12;

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** `values` in percent, one per series, for each named group. */
export function barChart(
  groups: readonly { readonly name: string; readonly values: readonly number[] }[],
  series: readonly string[],
): string {
  const groupHeight = series.length * BAR + GAP;
  const top = 34;
  const height = top + groups.length * groupHeight + 12;
  const scale = (WIDTH - LEFT - 50) / 100;
  const text = (x: number, y: number, words: string, anchor = 'start') =>
    `<text x="${x}" y="${y}" text-anchor="${anchor}">${escape(words)}</text>`;
  const parts = [
    ...series.map(
      (name, index) =>
        `<rect x="${LEFT + index * 170}" y="8" width="10" height="10" fill="${COLORS[index % COLORS.length]}"/>${text(LEFT + 15 + index * 170, 17, name)}`,
    ),
    ...[0, 25, 50, 75, 100].map(
      (value) =>
        `<line x1="${LEFT + value * scale}" x2="${LEFT + value * scale}" y1="${top - 6}" y2="${height - 8}" stroke="#8884"/>`,
    ),
    ...groups.flatMap(({ name, values }, group) => {
      const y = top + group * groupHeight;
      return [
        text(LEFT - 8, y + (series.length * BAR) / 2 + 4, name, 'end'),
        ...values.map((value, index) => {
          const at = y + index * BAR;
          return `<rect x="${LEFT}" y="${at}" width="${(value * scale).toFixed(1)}" height="${BAR - 2}" fill="${COLORS[index % COLORS.length]}"/>${text(LEFT + value * scale + 4, at + BAR - 3, value.toFixed(1))}`;
        }),
      ];
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" font-size="11" fill="#777">\n${parts.join('\n')}\n</svg>\n`;
}
