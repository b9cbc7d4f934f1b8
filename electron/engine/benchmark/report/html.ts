// report.html: one file that needs no script, no network and nothing beside it. Every name in it comes from
// files of other people, so all text is escaped where it is put in.
import type { BenchmarkResult } from '../result.ts';
import { STYLE } from './style.ts';
import {
  classesByIou,
  comparedRows,
  figureLines,
  hasOtherSources,
  NOT_COMPARABLE,
  percent,
  ranWords,
  share,
  warnings,
} from './words.ts';

/** An image with its truth and what was found, as data addresses. */
export interface ShownImage {
  readonly rank: 'Best' | 'Median' | 'Worst';
  readonly name: string;
  readonly iou: number;
  readonly width: number;
  readonly height: number;
  readonly picture: string;
  readonly truth: string;
  readonly found: string;
}

/** Faces by family, woff2; left out where they cannot be read. */
export type Fonts = readonly { readonly family: string; readonly woff2: Uint8Array }[];

/** How every page begins; a browser holds the policy against all that follows, whatever it is. */
export const PAGE_START = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:">`;

export function htmlReport(
  result: BenchmarkResult,
  images: readonly ShownImage[],
  fonts: Fonts,
): string {
  return `${PAGE_START}
<meta name="color-scheme" content="light dark">
<title>${escape(result.title)}: Salience benchmark</title>
<style>${fonts.map(fontFace).join('')}${STYLE}</style>
</head>
<body>
<main>
<header><span>${ICON}Salience benchmark</span><span class="small">report.html, self-contained</span></header>
<div><h1>${escape(result.title)}</h1><p>${escape(ranWords(result))}</p></div>
${warnings(result)
  .map((line) => `<p class="warn">${escape(line)}</p>`)
  .join('\n')}
${tiles(result)}
<div class="row wide">${compared(result)}${confused(result)}</div>
<div class="row even"><div class="row">${bars(result)}${again(result)}${figures(result)}</div><div class="row">${shown(images)}</div></div>
${classTable(result)}
${sources(result)}
</main>
</body>
</html>
`;
}

const escape = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const fontFace = ({ family, woff2 }: Fonts[number]) =>
  `@font-face{font-family:'${family}';font-weight:100 900;src:url(data:font/woff2;base64,${Buffer.from(woff2).toString('base64')}) format('woff2')}`;

/** A patch grid in ember. */
const ICON = `<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><rect width="20" height="20" rx="4" fill="#15161a"/>${[
  '#5c1d12',
  '#b03418',
  '#5c1d12',
  '#b03418',
  '#ffc857',
  '#e8622a',
  '#5c1d12',
  '#e8622a',
  '#b03418',
]
  .map(
    (color, at) =>
      `<rect x="${4 + (at % 3) * 4.3}" y="${4 + Math.floor(at / 3) * 4.3}" width="3.6" height="3.6" rx="0.6" fill="${color}"/>`,
  )
  .join('')}</svg>`;

const card = (title: string, body: string, scroll = false) =>
  `<section class="card"><h2>${escape(title)}</h2>${scroll ? `<div class="scroll">${body}</div>` : body}</section>`;

/** `text` columns are aligned at their start. */
function table(
  head: readonly string[],
  rows: readonly string[],
  text: readonly number[] = [],
): string {
  const cells = head.map(
    (one, at) => `<th scope="col"${text.includes(at) ? ' class="text"' : ''}>${escape(one)}</th>`,
  );
  return `<table><thead><tr>${cells.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function tableRow(cells: readonly string[], text: readonly number[] = [], name = ''): string {
  const inner = cells.map(
    (one, at) => `<td${text.includes(at) ? ' class="text"' : ''}>${escape(one)}</td>`,
  );
  return `<tr${name === '' ? '' : ` class="${name}"`}>${inner.join('')}</tr>`;
}

function tiles(result: BenchmarkResult): string {
  const { headline, protocols, published, classesFrom, pack } = result;
  const other = headline === 'reference' ? 'standard' : 'reference';
  const alike = published.find((row) => row.protocol === headline && row.classes === classesFrom);
  const notes = { standard: 'void pixels left out', reference: 'void pixels are background' };
  const tile = (figure: string, what: string, note: string) =>
    `<section class="card tile"><strong>${escape(figure)}</strong><span>${escape(what)}</span><br><span class="small">${escape(note)}</span></section>`;
  return `<div class="row tiles">${[
    tile(
      percent(protocols[headline].meanIou),
      `mIoU, ${headline} protocol`,
      alike ? `published ${alike.meanIou.toFixed(1)} (${alike.row})` : notes[headline],
    ),
    tile(percent(protocols[other].meanIou), `mIoU, ${other} protocol`, notes[other]),
    tile(percent(protocols[headline].pixelAccuracy), 'pixel accuracy, %', `${headline} protocol`),
    tile(result.imagesPerSecond.toFixed(2), 'images per second', `${pack.name}, ${result.device}`),
  ].join('')}</div>`;
}

function compared(result: BenchmarkResult): string {
  const rows = comparedRows(result).map((row) =>
    tableRow(
      [row.row, row.classes, row.protocol, row.miou, row.objects, row.perImage],
      [1, 2],
      row.isOwn ? 'own' : '',
    ),
  );
  const head = ['Row', 'Classes come from', 'Protocol', 'mIoU', 'objects', 'per image'];
  const note = hasOtherSources(result) ? `<p class="small">⚠ ${escape(NOT_COMPARABLE)}</p>` : '';
  return card('Ours beside the published rows', table(head, rows, [1, 2]) + note, true);
}

function confused({ protocols, headline }: BenchmarkResult): string {
  const { confused: pairs } = protocols[headline];
  if (pairs.length === 0) return card('Most confused pairs', '<p>Nothing was confused.</p>');
  const rows = pairs.map(({ truth, readAs, share: part }) =>
    tableRow([truth, readAs, `${Math.round(100 * part)} %`], [1]),
  );
  return card('Most confused pairs', table(['Truth', 'Read as', 'share of truth'], rows, [1]));
}

function bars(result: BenchmarkResult): string {
  const { meanIou } = result.protocols[result.headline];
  const mean = meanIou === null ? '' : `<b style="left:${percent(meanIou)}%"></b>`;
  const lines = classesByIou(result).map(({ name, label, iou, truthPx }) => {
    if (truthPx === 0 || iou === null)
      return `<span>${escape(name)}</span><em class="small">no truth</em><span>–</span>`;
    const kind = label === 0 ? ' class="faint"' : '';
    return `<span>${escape(name)}</span><div class="track"><i${kind} style="width:${(100 * iou).toFixed(2)}%"></i>${mean}</div><span>${percent(iou)}</span>`;
  });
  return card(
    `IoU of each class, mean ${percent(meanIou)} (${result.headline} protocol)`,
    `<div class="bars">${lines.join('')}</div>`,
  );
}

function shown(images: readonly ShownImage[]): string {
  if (images.length === 0) return '';
  const cells = images.map(({ rank, name, iou, width, height, truth, found }, at) => {
    const own = escape(name);
    const picture = (label: string, over = '') =>
      `<div class="picture p${at}" style="aspect-ratio:${width}/${height}" role="img" aria-label="${label}">${over}</div>`;
    return (
      `<div class="name"><strong>${rank}</strong><br><span class="small">IoU ${share(iou)}<br>${escape(name.split('/').at(-1)!)}</span></div>` +
      picture(own) +
      picture(`truth of ${own}`, `<img src="${truth}" alt="">`) +
      picture(`found in ${own}`, `<img src="${found}" alt="">`)
    );
  });
  const head =
    '<span></span><span class="small">image</span><span class="small">truth</span><span class="small">ours</span>';
  // Each picture is there once, however often it is shown.
  const pictures = images.map(({ picture }, at) => `.p${at}{background-image:url(${picture})}`);
  return card(
    'Images',
    `<style>${pictures.join('')}</style><div class="images">${head}${cells.join('')}</div>`,
  );
}

function again({
  command,
  pack,
  judge,
  settings,
  device,
  params,
  finishedAt,
}: BenchmarkResult): string {
  const facts = [
    ['Pack', `${pack.id} ${pack.hash.slice(0, 12)}`],
    ...(judge ? [['Judge', `${judge.id} ${judge.hash.slice(0, 12)}`]] : []),
    ['Settings', `${params.preset}: ${settings}`],
    ['Device', device],
    ['Finished', `${finishedAt.slice(0, 16).replace('T', ' ')} UTC`],
  ];
  return card(
    'Run it again',
    `<pre>${escape(command.join(' \\\n  '))}</pre><dl>${facts
      .map(([name, value]) => `<dt>${name}</dt><dd>${escape(value!)}</dd>`)
      .join('')}</dl>`,
  );
}

function figures(result: BenchmarkResult): string {
  const rows = figureLines(result).map(({ name, standard, reference }) =>
    tableRow([name, standard, reference]),
  );
  return card('All figures, %', table(['', 'standard', 'reference'], rows));
}

function classTable(result: BenchmarkResult): string {
  const rows = classesByIou(result).map((one) =>
    tableRow([
      one.name,
      one.truthPx === 0 ? 'no truth' : percent(one.iou),
      percent(one.recall),
      percent(one.precision),
      percent(one.boundaryIou),
      one.truthPx.toLocaleString('en-US'),
    ]),
  );
  const head = ['Class', 'IoU', 'recall', 'precision', 'boundary IoU', 'true pixels'];
  return card(`Classes (${result.headline} protocol)`, table(head, rows), true);
}

function sources({ published }: BenchmarkResult): string {
  if (published.length === 0) return '';
  const rows = published.map(({ row, source }) => tableRow([row, source], [1]));
  return card('Sources of the published rows', table(['Row', 'Source'], rows, [1]));
}
