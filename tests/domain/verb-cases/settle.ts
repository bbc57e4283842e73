/** `settle` of every kind that can be amended, after that kind's own case of `amend`. */
import { kinds } from '../../../src/domain/kinds/index.ts';
import type { Kind } from '../../../src/domain/kind.ts';
import { text } from '../../../src/domain/value.ts';
import type { VerbCase, VerbCases } from './case.ts';

const entry = 'e-other';

export function settleCases(cases: VerbCases): VerbCases {
  const found = kinds.flatMap((kind) => {
    const amend = cases[`${kind.name}.amend`];
    return amend ? [[`${kind.name}.settle`, settleCase(kind, amend)] as const] : [];
  });
  return Object.fromEntries(found);
}

function settleCase(kind: Kind, { allowed }: VerbCase): VerbCase {
  const id = text(allowed.args['id']) ?? '';
  const [place, values = {}] = Object.entries(allowed.after)[0] ?? [];
  const part = place?.split('/')[2] ?? Object.keys(kind.parts)[0] ?? '';
  const field = Object.keys(values).find((name) => name in allowed.args);
  const name = field ?? Object.keys(kind.parts[part]?.fields ?? {}).at(-1) ?? '';
  const value = field === undefined ? 'x' : (values[field] ?? '');
  const kept = [{ field: name, value, entry, actor: 'st-city', at: 1 }];
  const given = (world: Parameters<NonNullable<typeof allowed.given>>[0]) => {
    allowed.given?.(world);
    world.apply([{ kind: kind.name, id, part, set: {}, kept }]);
  };
  const keep = field === undefined ? 'current' : 'other';
  const args = { id, part, field: name, entry, keep };
  const after = field === undefined ? {} : { [`${kind.name}/${id}/${part}`]: { [field]: value } };
  return {
    allowed: { as: allowed.as, given, args, after },
    refused: [
      {
        why: 'of a part that the kind does not have',
        as: allowed.as,
        given,
        args: { ...args, part: 'nowhere' },
        code: 'invalidFields',
      },
      {
        why: 'between neither of the two',
        as: allowed.as,
        given,
        args: { ...args, keep: 'both' },
        code: 'invalidFields',
      },
    ],
  };
}
