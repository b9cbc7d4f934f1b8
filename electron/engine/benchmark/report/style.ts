// The look of report.html: light, dark where the reader's system is, and on paper.

export const STYLE = `
:root {
  --page: #f0f0f2; --card: #fff; --line: #e2e3e8; --t1: #17181c; --t2: #4c4f59; --t3: #666a75;
  --bar: #2b4bbf; --faint: #9ba8df; --inset: #f4f4f6; --own: #e6ebfd; --warn: #8a5400; --warnbg: #fdf3e0;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #101114; --card: #1a1b1f; --line: #303238; --t1: #f0f0f3; --t2: #c0c3cc; --t3: #9a9eaa;
    --bar: #7ba3f6; --faint: #4a5a8f; --inset: #232429; --own: #232c4a; --warn: #f0bd6a; --warnbg: #33280f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 36px 16px 48px; background: var(--page); color: var(--t1);
  font: 400 13px/1.45 'Salience', system-ui, sans-serif; font-variant-numeric: tabular-nums;
  print-color-adjust: exact;
}
main { max-width: 1120px; margin: 0 auto; display: grid; gap: 18px; }
header { display: flex; justify-content: space-between; align-items: center; color: var(--t2); font-weight: 500; }
header svg { vertical-align: -5px; margin-inline-end: 10px; }
h1 { margin: 0; font: 600 28px/1.2 'Salience', system-ui, sans-serif; letter-spacing: -0.02em; overflow-wrap: anywhere; }
h2 { margin: 0 0 10px; font-size: 13px; font-weight: 600; }
p { margin: 0; color: var(--t2); }
.small { font-size: 12px; color: var(--t3); }
.warn { padding: 10px 14px; border-radius: 8px; background: var(--warnbg); color: var(--warn); font-weight: 500; overflow-wrap: anywhere; }
.row { display: grid; gap: 18px; align-items: start; }
.tiles { grid-template-columns: repeat(4, 1fr); }
.wide { grid-template-columns: minmax(0, 1.62fr) minmax(0, 1fr); }
.even { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.card {
  background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 18px;
  min-width: 0; break-inside: avoid;
}
.tile strong { display: block; font: 600 32px/1.2 'Salience', system-ui, sans-serif; letter-spacing: -0.02em; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 7px 8px; text-align: end; border-top: 1px solid var(--line); font-weight: 400; vertical-align: top; }
th:first-child, td:first-child, .text { text-align: start; overflow-wrap: break-word; }
thead th { border-top: 0; color: var(--t3); font-size: 12px; }
.own td { background: var(--own); font-weight: 600; }
.bars { display: grid; grid-template-columns: minmax(80px, max-content) 1fr 48px; gap: 5px 12px; align-items: center; }
.bars span { text-align: end; overflow-wrap: anywhere; max-width: 190px; }
.track { position: relative; height: 10px; background: var(--inset); border-radius: 2px; }
.track i { display: block; height: 10px; background: var(--bar); border-radius: 2px; }
.track i.faint { background: var(--faint); }
.track b { position: absolute; top: -3px; bottom: -3px; width: 1px; background: var(--t1); }
.images { display: grid; grid-template-columns: 96px repeat(3, 1fr); gap: 10px; align-items: start; }
.picture { background: var(--inset) center / cover; border-radius: 4px; overflow: hidden; }
.picture img { display: block; width: 100%; height: 100%; opacity: 0.62; }
.images .name { overflow-wrap: anywhere; }
pre {
  margin: 0 0 10px; padding: 12px; background: var(--inset); border: 1px solid var(--line); border-radius: 4px;
  font: 400 12px/1.5 'Salience Mono', ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; user-select: all;
}
dl { display: grid; grid-template-columns: auto 1fr; gap: 6px 18px; margin: 0; }
dt { color: var(--t3); }
dd { margin: 0; text-align: end; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
@media (max-width: 760px) { .tiles { grid-template-columns: repeat(2, 1fr); } .wide, .even { grid-template-columns: minmax(0, 1fr); } }
@media print {
  @page { size: A4; margin: 14mm; }
  body { padding: 0; background: #fff; font-size: 11px; }
  main, .wide, .even, .even > .row { display: block; }
  main > * + *, .wide > * + *, .even > * + *, .even > .row > * + * { margin-top: 12px; }
  h1 { font-size: 22px; }
  .tile strong { font-size: 24px; }
  .card { padding: 12px; }
  th, td { padding: 4px 6px; }
  tr, .warn { break-inside: avoid; }
  .scroll { overflow: visible; }
  .images { grid-template-columns: 120px repeat(3, 92px); gap: 6px 10px; }
}
`;
