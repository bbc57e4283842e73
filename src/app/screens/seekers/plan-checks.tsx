/**
 * 「これから」 of somebody who was hired and whom nobody has planned to ask again: one row per hire, which opens the form that
 * plans the four retention checks (domain.md §3). Gone once they are planned, and half a year after the start.
 */
import { useState } from 'preact/hooks';
import { kindNamed } from '../../../domain/kinds/index.ts';
import type { Verb } from '../../../domain/kind.ts';
import type { Rec } from '../../../domain/record.ts';
import { Row } from '../../ui/list.tsx';
import { RecordForm } from '../records/record-form.tsx';

interface PlanChecksProps {
  readonly placement: Rec;
  readonly seeker: Rec;
  readonly verb: Verb;
}

export function PlanChecks({ placement, seeker, verb }: PlanChecksProps) {
  const [isOpen, setOpen] = useState(false);
  const kind = kindNamed(placement.kind);
  return (
    <>
      <Row
        title={verb.title}
        sub={`${kind?.summary(placement) ?? ''}　就職のあと、続いているかを聞く日を決めます`}
        onPress={() => setOpen(true)}
      />
      {isOpen && (
        <RecordForm
          verb={verb}
          seeker={seeker.id}
          given={{ placement: placement.id }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
