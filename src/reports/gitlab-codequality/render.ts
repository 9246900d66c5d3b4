import { JsonList, streamJson } from '../../kit/json-stream.ts';
import { placedFindings } from '../ranking.ts';
import type { RenderPieces, Report } from '../report.ts';
import { openNotes } from '../verdict-words.ts';
import { findingIssue, noteIssue } from './issue.ts';

/** Issues of Code Climate's specification, as GitLab reads them; what could not be judged comes first. */
export const renderGitlabCodequality: RenderPieces = (report) => streamJson(new JsonList(issuesOf(report)));

function* issuesOf(report: Report): Generator<Record<string, unknown>, void, undefined> {
  for (const note of openNotes(report)) yield noteIssue(note, report.artifact.name);
  for (const { finding, result } of placedFindings(report.results)) yield findingIssue(finding, result.target);
}
