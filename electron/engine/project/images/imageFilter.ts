// A filter of images as SQL over the image table; every value is bound, never spliced.
import type { ImageFilter } from '../../../api/job.ts';
import { conditionsOf } from './filterSql.ts';
import { IMAGE_STATUS_CODES } from '../database/schema.ts';
import type { SqlValue } from '../database/store.ts';

/** A filter as SQL over `image`; every value is bound, never spliced. */
export function whereOf(filter: ImageFilter): { sql: string; values: SqlValue[] } {
  const parts: string[] = [];
  const values: SqlValue[] = [];
  const add = (sql: string, ...bound: SqlValue[]) => {
    parts.push(sql);
    values.push(...bound);
  };
  const marks = (count: number) => Array.from({ length: count }, () => '?').join(',');

  for (const { sql, values: bound } of filter.words ? conditionsOf(filter.words, new Date()) : [])
    add(sql, ...bound);
  if (filter.text) add('instr(lower(image.name), ?) > 0', filter.text.toLowerCase());
  if (filter.status)
    add(
      `image.status IN (${marks(filter.status.length)})`,
      ...filter.status.map((status) => IMAGE_STATUS_CODES[status]),
    );
  if (filter.foundNothing !== undefined)
    add('image.found_nothing = ?', Number(filter.foundNothing));
  if (filter.doubtful !== undefined)
    add(filter.doubtful ? 'image.doubtful > 0' : 'image.doubtful = 0');
  if (filter.categoryIds || filter.minMatch !== undefined || filter.maxMatch !== undefined) {
    const inner = ['a.image_id = image.id', 'a.status <> 2'];
    const bound: SqlValue[] = [];
    if (filter.categoryIds) {
      inner.push(`a.category_id IN (${marks(filter.categoryIds.length)})`);
      bound.push(...filter.categoryIds);
    }
    if (filter.minMatch !== undefined) {
      inner.push('a.match >= ?');
      bound.push(filter.minMatch);
    }
    if (filter.maxMatch !== undefined) {
      inner.push('a.match <= ?');
      bound.push(filter.maxMatch);
    }
    add(`EXISTS (SELECT 1 FROM annotation AS a WHERE ${inner.join(' AND ')})`, ...bound);
  }
  if (filter.jobId !== undefined || filter.outcome !== undefined) {
    const inner = ['i.image_id = image.id'];
    const bound: SqlValue[] = [];
    if (filter.jobId !== undefined) {
      inner.push('i.job_id = ?');
      bound.push(filter.jobId);
    }
    if (filter.outcome !== undefined) {
      inner.push('i.outcome = ?');
      bound.push(filter.outcome);
    }
    add(`EXISTS (SELECT 1 FROM job_item AS i WHERE ${inner.join(' AND ')})`, ...bound);
  }
  if (filter.failed !== undefined) {
    const failed = `(image.problem IS NOT NULL OR image.missing = 1 OR EXISTS
      (SELECT 1 FROM job_item AS i WHERE i.image_id = image.id AND i.outcome = 'failed'))`;
    add(filter.failed ? failed : `NOT ${failed}`);
  }
  return { sql: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}
