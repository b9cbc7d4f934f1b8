// The rows of the ablation, and their scores for one drawing style in a process of its own:
//   node build/ablation/rows.ts SCENES STYLE
// prints them as JSON. Styles then share the cores instead of waiting for each other.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { evaluateScenes, type SceneScores, type Variant } from './scenes.ts';

/** Each row changes the pack's own settings; the first has none of the steps, the last is the product. */
export const ROWS: readonly Variant[] = [
  {
    name: 'raw attention',
    overrides: {
      'pnp.mapKind': 'attention',
      'pnp.passes': 1,
      'masks.blur': 0,
      'masks.crf': false,
    },
  },
  { name: 'GradCAM', overrides: { 'pnp.passes': 1, 'masks.blur': 0, 'masks.crf': false } },
  { name: '+ Salience DropOut', overrides: { 'masks.blur': 0, 'masks.crf': false } },
  { name: '+ blur', overrides: { 'masks.crf': false } },
  { name: '+ CRF (all steps)', overrides: {} },
  { name: 'all but DropOut', overrides: { 'pnp.passes': 1 } },
  { name: 'all but blur', overrides: { 'masks.blur': 0 } },
  { name: 'all, attention for GradCAM', overrides: { 'pnp.mapKind': 'attention' } },
];

/** Scores of every row, in the order of ROWS. */
export async function rowScores(scenes: string, style: string): Promise<SceneScores[][]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    import.meta.filename,
    scenes,
    style,
  ]);
  return JSON.parse(stdout) as SceneScores[][];
}

if (import.meta.main) {
  const [scenes, style] = process.argv.slice(2) as [string, string];
  console.log(JSON.stringify(await evaluateScenes({ scenes, variants: ROWS, style })));
}
