/** The buttons of one record: at most two in sight, the rest under 「ほかの操作」; each opens its form. */
import { useState } from 'preact/hooks';
import type { Kind, Verb } from '../../../domain/kind.ts';
import type { Rec } from '../../../domain/record.ts';
import { offered } from '../../logic/record-verbs.ts';
import { Button } from '../../ui/button.tsx';
import { useRecordDesk } from './record-desk.ts';
import { RecordForm } from './record-form.tsx';

interface RecordActionsProps {
  readonly kind: Kind;
  readonly record: Rec;
}

export function RecordActions({ kind, record }: RecordActionsProps) {
  const { first, rest } = offered(kind, record, useRecordDesk());
  const [open, setOpen] = useState<Verb>();
  return (
    <div class="record-actions" role="group" aria-label="この記録への操作">
      {first.map((verb, index) => (
        <Button
          key={verb.name}
          kind={index === 0 ? 'primary' : 'secondary'}
          onPress={() => setOpen(verb)}
        >
          {verb.title}
        </Button>
      ))}
      {rest.length > 0 && <Others verbs={rest} onChoose={setOpen} />}
      {first.length + rest.length === 0 && (
        <p class="quiet">あなたがいま行える操作はありません。</p>
      )}
      {open && <RecordForm verb={open} record={record} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

interface OthersProps {
  readonly verbs: readonly Verb[];
  readonly onChoose: (verb: Verb) => void;
}

function Others({ verbs, onChoose }: OthersProps) {
  return (
    <details class="record-others">
      <summary>ほかの操作</summary>
      <div class="record-others-list">
        {verbs.map((verb) => (
          <Button key={verb.name} kind="plain" onPress={() => onChoose(verb)}>
            {verb.title}
          </Button>
        ))}
      </div>
    </details>
  );
}
