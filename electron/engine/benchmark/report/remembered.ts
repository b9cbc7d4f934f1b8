// Which job of a project its report is about.
import type { JobId } from '../../../api/types.ts';
import type { Project } from '../../project/project.ts';

const REPORT = 'benchmark.report';

export function rememberReport(project: Project, id: JobId): void {
  project.setMeta(REPORT, id);
}

/** Null in a project without a benchmark. */
export const reportedJob = (project: Project): string | null => project.meta(REPORT);
