/** What hangs on a record: what names it, and the records that can be added to it with it already filled in. */
import { useState } from 'preact/hooks';
import { peopleOf, stateOf } from '../../../domain/kind.ts';
import { kindNamed } from '../../../domain/kinds/index.ts';
import type { Rec } from '../../../domain/record.ts';
import { additions, naming, type Addition } from '../../logic/record-related.ts';
import { useSession } from '../../state/context.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { List } from '../../ui/list.tsx';
import { RecordForm } from './record-form.tsx';
import { RecordRow } from './record-row.tsx';

const most = 20;

export function Related({ record }: { readonly record: Rec }) {
  const session = useSession();
  const found = naming(record, (kind) => session.all(kind).value);
  const more = stateOf(record) === 'voided' ? [] : additions(record, session.actor);
  const [open, setOpen] = useState<Addition>();
  if (found.length === 0 && more.length === 0) return null;
  return (
    <section class="record-shown">
      <h3 class="record-part">この記録につながるもの</h3>
      {found.map(({ kind, records }) => (
        <div key={kind.name}>
          <p class="quiet">
            {kind.label} {records.length}件
          </p>
          <List label={kind.label}>
            {records.slice(0, most).map((one) => (
              <RecordRow
                key={one.id}
                kind={kind}
                record={one}
                onPress={() => go('records', { kind: kind.name, id: one.id })}
              />
            ))}
          </List>
          {records.length > most && <p class="quiet">ほか{records.length - most}件</p>}
        </div>
      ))}
      <div class="record-others-list">
        {more.map((one) => (
          <Button key={`${one.verb.name} ${one.field}`} size="small" onPress={() => setOpen(one)}>
            {one.verb.title}
          </Button>
        ))}
      </div>
      {open && (
        <RecordForm
          verb={open.verb}
          seeker={personOf(record)}
          given={{ [open.field]: record.id }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </section>
  );
}

function personOf(record: Rec): string | undefined {
  const kind = kindNamed(record.kind);
  return kind && peopleOf(kind, record)[0];
}
