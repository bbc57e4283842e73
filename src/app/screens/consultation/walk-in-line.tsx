/**
 * Beside the button that saves: the visit that will be counted along with the talk. Its fields stand further down, and a
 * count that nobody has looked at is a wrong count.
 */
import type { Form } from '../../form/use-form.ts';
import { showField } from '../../form/use-write.ts';
import { walkInWords } from '../../logic/consultation-form.ts';
import { Icon } from '../../ui/icon.tsx';

export function WalkInLine({ form }: { readonly form: Form }) {
  const words = walkInWords(form.values);
  return (
    <p class="walk-in-line" role="status">
      {words === undefined && <Icon name="warning" />}
      <span>
        来所も1件数えます：
        <strong>{words ?? '新規か再来かを選んでください'}</strong>
      </span>
      <button type="button" class="small-action" onClick={() => showField(form, 'visitKind')}>
        {words === undefined ? '選ぶ' : '変える'}
      </button>
    </p>
  );
}
