/**
 * 「記録を足す」 on a person's page: the kinds that can be written for her, the usual ones in sight and the others folded.
 * Choosing one leads to its form with her filled in; no sheet opens on this one.
 */
import { useState } from 'preact/hooks';
import type { Verb } from '../../../domain/kind.ts';
import { addableFor, shelfLabels } from '../../logic/record-kinds.ts';
import { refOptions } from '../../logic/record-refs.ts';
import type { Rec } from '../../../domain/record.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { PersonHeader } from '../../ui/person-header.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { RecordForm } from './record-form.tsx';
import './records.css';

interface AddRecordProps {
  readonly seeker: Rec;
  readonly onClose: () => void;
}

export function AddRecord({ seeker, onClose }: AddRecordProps) {
  const session = useSession();
  const [verb, setVerb] = useState<Verb>();
  const { actor, get } = session;
  const all = (kind: string) => session.all(kind).value;
  const hasOne = (kind: string) => refOptions(kind, seeker.id, { all, get, actor }).length > 0;
  const { usual, others } = addableFor(actor, hasOne);
  if (verb) return <RecordForm verb={verb} seeker={seeker.id} onClose={onClose} />;
  return (
    <Sheet
      title="記録を足す"
      size="narrow"
      header={<PersonHeader seeker={seeker} />}
      onClose={onClose}
    >
      <Choices verbs={usual} onChoose={setVerb} />
      {others.length > 0 && (
        <details class="record-others">
          <summary>ほかの記録</summary>
          {others.map(({ shelf, verbs }) => (
            <section key={shelf} class="record-more-kinds">
              <h3 class="record-part">{shelfLabels[shelf]}</h3>
              <Choices verbs={verbs} onChoose={setVerb} />
            </section>
          ))}
        </details>
      )}
    </Sheet>
  );
}

interface ChoicesProps {
  readonly verbs: readonly Verb[];
  readonly onChoose: (verb: Verb) => void;
}

function Choices({ verbs, onChoose }: ChoicesProps) {
  return (
    <div class="record-add">
      {verbs.map((verb) => (
        <Button key={verb.name} onPress={() => onChoose(verb)}>
          {verb.title}
        </Button>
      ))}
    </div>
  );
}
