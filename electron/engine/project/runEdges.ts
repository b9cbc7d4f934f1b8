// What click models made of the edges of a job's images, counted over the latest run of each.
import type { EdgeSummary, RunEdges } from '../../api/clicks/edges.ts';
import type { ImageId, JobId } from '../../api/types.ts';
import type { Store } from './database/store.ts';
import { storedJson } from './database/storedJson.ts';

/** Null where no edge was asked about. At most `most` examples. */
export function edgeSummary(
  store: Store,
  jobs: readonly JobId[],
  most: number,
): EdgeSummary | null {
  const examples: EdgeSummary['examples'][number][] = [];
  const drawn: number[] = [];
  let kept = 0;
  let asked = false;
  const rows = store.iterate<{ id: ImageId; name: string; edges: string | null; at: string }>(
    `SELECT image.id AS id, image.name AS name, json_extract(run.summary, '$.edges') AS edges,
       max(run.at) AS at
     FROM job_item JOIN image ON image.id = job_item.image_id JOIN run ON run.image_id = image.id
     WHERE job_item.job_id IN (${jobs.map(() => '?').join()})
     GROUP BY image.id ORDER BY image.sort`,
    ...jobs,
  );
  for (const { id: imageId, name: image, edges } of rows) {
    if (edges === null) continue;
    asked = true;
    const { masks } = storedJson<RunEdges>(edges, 'object', `the edges of ${image}`);
    for (const { categoryId, parts } of masks)
      for (const finding of parts)
        if (finding.kind === 'refined') drawn.push(finding.edge);
        else {
          kept += 1;
          if (examples.length < most) examples.push({ imageId, image, categoryId, finding });
        }
  }
  if (!asked) return null;
  drawn.sort((a, b) => a - b);
  const median = drawn[Math.floor(drawn.length / 2)] ?? null;
  return { refined: drawn.length, kept, median, examples };
}
