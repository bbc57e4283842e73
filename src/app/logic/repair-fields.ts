/** What the form of a repair asks. Names of fields to be emptied are no field of it: they go along. */
import type { Fields } from '../../domain/field.ts';
import { verbNamed } from '../../domain/kinds/index.ts';
import { drawn } from '../form/form-values.ts';

export function repairFields(verb: string): Fields {
  const { clear: _, ...fields } = drawn(verbNamed(verb)?.args ?? {});
  return fields;
}

/** A step has nothing in it to be put right. */
export const isStep = (verb: string): boolean => Object.keys(repairFields(verb)).length === 0;
