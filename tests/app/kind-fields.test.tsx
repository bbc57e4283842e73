/** A correction draws apart what crosses to other organisations and what never does. */
import { cleanup, render, screen, within } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { apart, KindFields } from '../../src/app/form/kind-fields.tsx';
import { createForm } from '../../src/app/form/use-form.ts';
import { pick } from '../../src/domain/field.ts';
import { kindNamed, verbNamed } from '../../src/domain/kinds/index.ts';

afterEach(cleanup);
const names = (verb: string) => Object.keys(verbNamed(verb)?.args ?? {});

test('a consultation: the summary and the note stand in two parts, each headed by who reads it', () => {
  const fields = pick(verbNamed('consultation.amend')?.args ?? {}, ['minutes', 'summary', 'notes']);
  render(<KindFields form={createForm('f', { fields })} kind="consultation" />);
  const shared = within(screen.getByRole('region', { name: '同意があれば、相手の組織も見ます' }));
  const own = within(screen.getByRole('region', { name: '自分の組織だけが見ます' }));
  expect(shared.getByLabelText(/^共有のまとめ/)).toBeTruthy();
  expect(shared.getByText(/相手の組織も見ます/)).toBeTruthy();
  expect(own.getByText(/どんな同意があっても伝わりません/)).toBeTruthy();
  expect(own.getAllByRole('textbox')).toHaveLength(1);
});

test('every field is drawn once; where nothing crosses, all stand together in their order', () => {
  for (const verb of ['consultation.amend', 'referral.amend', 'guidance.amend']) {
    const asked = names(verb);
    const groups = apart(kindNamed(verb.split('.')[0] ?? ''), asked);
    expect(groups.flatMap((group) => group.names).toSorted()).toEqual(asked.toSorted());
    expect(groups.filter(({ part }) => part).length).toBeGreaterThan(1);
  }
  const asked = names('seeker.amend');
  expect(apart(kindNamed('seeker'), asked)).toEqual([{ part: undefined, names: asked }]);
});
