// Counts of annotations per class, kept by triggers in the transaction that changes an annotation, so
// that statistics of a million annotations are read and not counted.

/** Size bins: areas from 4^n to below 4^(n+1); the last takes all larger ones. */
export const SIZE_BINS = 14;
export const MATCH_BINS = 20;

/** The size bin of an area column, exact at powers of four. */
export function sizeBinSql(area: string): string {
  return `(${Array.from({ length: SIZE_BINS - 1 }, (_, n) => `(${area} >= ${4 ** (n + 1)})`).join(' + ')})`;
}

/** The match bin of a match column; -1 = no match. */
export function matchBinSql(match: string): string {
  return `(CASE WHEN ${match} IS NULL THEN -1 ELSE min(${MATCH_BINS - 1}, CAST(${match} * ${MATCH_BINS} AS INTEGER)) END)`;
}

const binsOf = (row: string) => `${sizeBinSql(`${row}area`)}, ${matchBinSql(`${row}match`)}`;

const add = (row: 'NEW' | 'OLD', by: 1 | -1) => `
  INSERT INTO class_figure(category_id, status, origin, edited, size, match, n, pixels)
  VALUES (${row}.category_id, ${row}.status, ${row}.origin, ${row}.edited, ${binsOf(`${row}.`)},
    ${by}, ${by} * ${row}.area)
  ON CONFLICT DO UPDATE SET n = n + excluded.n, pixels = pixels + excluded.pixels;`;

/** Another accepted annotation of the same class on the same image than `row`. */
const another = (row: 'NEW' | 'OLD') => `EXISTS (SELECT 1 FROM annotation
    WHERE image_id = ${row}.image_id AND category_id = ${row}.category_id AND status = 1
      AND seq <> ${row}.seq)`;

const addImage = (row: 'NEW' | 'OLD', by: 1 | -1) => `
  INSERT INTO class_images(category_id, n) SELECT ${row}.category_id, ${by}
  WHERE ${row}.status = 1 AND NOT ${another(row)}
  ON CONFLICT DO UPDATE SET n = n + excluded.n;`;

export const FIGURE_TABLES = `
CREATE TABLE class_figure(
  category_id INTEGER NOT NULL,
  status INTEGER NOT NULL,
  origin INTEGER NOT NULL,
  edited INTEGER NOT NULL,
  size INTEGER NOT NULL,
  match INTEGER NOT NULL,
  n INTEGER NOT NULL,
  pixels INTEGER NOT NULL,
  PRIMARY KEY(category_id, status, origin, edited, size, match)
) WITHOUT ROWID;

CREATE TABLE class_images(category_id INTEGER PRIMARY KEY, n INTEGER NOT NULL);

DROP INDEX annotation_by_image;
CREATE INDEX annotation_by_image
  ON annotation(image_id, category_id, status, origin, edited, match, area);

INSERT INTO class_figure(category_id, status, origin, edited, size, match, n, pixels)
SELECT category_id, status, origin, edited, ${binsOf('')}, count(*), sum(area)
FROM annotation GROUP BY 1, 2, 3, 4, 5, 6;

INSERT INTO class_images(category_id, n)
SELECT category_id, count(DISTINCT image_id) FROM annotation WHERE status = 1 GROUP BY category_id;

CREATE TRIGGER annotation_counted AFTER INSERT ON annotation BEGIN
  ${add('NEW', 1)}
  ${addImage('NEW', 1)}
END;

CREATE TRIGGER annotation_gone AFTER DELETE ON annotation BEGIN
  ${add('OLD', -1)}
  ${addImage('OLD', -1)}
END;

CREATE TRIGGER annotation_changed
AFTER UPDATE OF category_id, status, origin, edited, area, match ON annotation BEGIN
  ${add('OLD', -1)}
  ${add('NEW', 1)}
  ${addImage('OLD', -1)}
  ${addImage('NEW', 1)}
END;
`;
