// What filters ask of runs, beside their summaries: the engine as an index, a row for every edge that a click model
// was asked about, kept by triggers, and what tells an object in its run. A filter over 50,000 images then reads
// neither summaries nor masks.

/** Of a summary that is no JSON nothing is known; whoever reads the run tells. */
const sound = (row: string) => `CASE WHEN json_valid(${row}summary) THEN ${row}summary END`;

/** The engine that a summary names, as the index has it. */
export const ENGINE_OF_RUN = `json_extract(${sound('')}, '$.engine')`;

/** The edges of a run: the least sure one that was redrawn in each mask, and whether one was kept. */
const edgesOf = (row: string) => `
  SELECT ${row}id, json_extract(m.value, '$.categoryId'),
    json_extract(m.value, '$.box[0]'), json_extract(m.value, '$.box[1]'),
    json_extract(m.value, '$.box[2]'), json_extract(m.value, '$.box[3]'),
    (SELECT min(json_extract(p.value, '$.edge')) FROM json_each(m.value, '$.parts') AS p
      WHERE json_extract(p.value, '$.kind') = 'refined'),
    EXISTS (SELECT 1 FROM json_each(m.value, '$.parts') AS p
      WHERE json_extract(p.value, '$.kind') = 'kept')`;

const INSERT = `INSERT OR IGNORE INTO run_edge(run_id, category_id, box_x, box_y, box_w, box_h, least, kept)`;

export const RUN_FACTS = `
CREATE INDEX run_by_engine ON run(${ENGINE_OF_RUN}, id);
CREATE INDEX annotation_by_run
  ON annotation(image_id, status, run_id, category_id, box_x, box_y, box_w, box_h)
  WHERE run_id IS NOT NULL;

CREATE TABLE run_edge(
  run_id TEXT NOT NULL,
  category_id INTEGER NOT NULL,
  box_x INTEGER NOT NULL,
  box_y INTEGER NOT NULL,
  box_w INTEGER NOT NULL,
  box_h INTEGER NOT NULL,
  least REAL,
  kept INTEGER NOT NULL,
  PRIMARY KEY(run_id, category_id, box_x, box_y, box_w, box_h)
) WITHOUT ROWID;

${INSERT}${edgesOf('r.')}
FROM run AS r, json_each(${sound('r.')}, '$.edges.masks') AS m;

CREATE TRIGGER run_edges_added AFTER INSERT ON run BEGIN
  ${INSERT}${edgesOf('NEW.')}
  FROM json_each(${sound('NEW.')}, '$.edges.masks') AS m;
END;

CREATE TRIGGER run_edges_changed AFTER UPDATE OF summary ON run BEGIN
  DELETE FROM run_edge WHERE run_id = OLD.id;
  ${INSERT}${edgesOf('NEW.')}
  FROM json_each(${sound('NEW.')}, '$.edges.masks') AS m;
END;

CREATE TRIGGER run_edges_gone AFTER DELETE ON run BEGIN
  DELETE FROM run_edge WHERE run_id = OLD.id;
END;
`;
