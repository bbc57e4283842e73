/** The fields of the facts that metrics read: those of a kind, and those of the survey, which is none (../survey.ts). */
import type { Fields } from '../field.ts';
import { kindNamed } from '../kinds/index.ts';
import { surveyFactFields } from '../survey.ts';

export function factFields(name: string): Fields | undefined {
  return name === 'survey' ? surveyFactFields : kindNamed(name)?.parts['facts']?.fields;
}
