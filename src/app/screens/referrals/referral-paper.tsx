/**
 * The paper of a referral. Only where the issuer is the city is it a 紹介状, with the notice of the result to send back;
 * else it is a 控え and says that it is none. Printing is logged before the printer is asked.
 */
import { stateOf } from '../../../domain/kind.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text, type Values } from '../../../domain/value.ts';
import { formatWareki } from '../../../domain/wareki.ts';
import { namesOf, type NameOf } from '../../logic/names-of.ts';
import { isLetter } from '../../logic/referral-form.ts';
import { issuedRows } from '../../logic/referral-rows.ts';
import { useSession } from '../../state/context.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PrintAlone } from '../../ui/print-alone.tsx';
import { usePrinting } from '../handoffs/print-sheet.ts';
import { FactRows } from './referral-facts.tsx';
import { usePersonOf } from './referral-row.tsx';

export function ReferralPaper({ record }: { readonly record: Rec }) {
  const session = useSession();
  const nameOf = namesOf(session.get);
  const facts = partOf(record, 'facts');
  const person = usePersonOf(record);
  const letter = isLetter(facts);
  const sheet = letter ? 'letter' : 'copy';
  const { isPrinting, print } = usePrinting({ kind: 'referral', id: record.id, sheet });
  if (stateOf(record) === 'voided') return null;
  return (
    <>
      <Button busy={isPrinting} onPress={print}>
        <Icon name="print" />
        {letter ? '紹介状を印刷' : '控えを印刷'}
      </Button>
      {isPrinting && (
        <PrintAlone>
          <article class="referral-paper">
            {letter ? (
              <Letter record={record} person={person} facts={facts} nameOf={nameOf} />
            ) : (
              <Copy record={record} person={person} facts={facts} nameOf={nameOf} />
            )}
          </article>
        </PrintAlone>
      )}
    </>
  );
}

interface PaperProps {
  readonly record: Rec;
  readonly person: string;
  readonly facts: Values;
  readonly nameOf: NameOf;
}

function Copy({ record, person, facts, nameOf }: PaperProps) {
  return (
    <>
      <h1>職業紹介の控え</h1>
      <p class="paper-warning">
        これは紹介状ではありません。応募には、ハローワークが発行した紹介状が必要です。
      </p>
      <p class="paper-name">{person} 様</p>
      <FactRows rows={issuedRows(record)} />
      <Signed facts={facts} nameOf={nameOf} />
    </>
  );
}

function Letter({ record, person, facts, nameOf }: PaperProps) {
  return (
    <>
      <h1>紹介状</h1>
      <p class="paper-to">{text(partOf(record, 'shared')['employerName'])} 採用ご担当者 様</p>
      <p>次の方を紹介しますので、ご選考をお願いします。</p>
      <p class="paper-name">{person} 様</p>
      <FactRows rows={issuedRows(record)} />
      <Signed facts={facts} nameOf={nameOf} />
      <section class="paper-reply">
        <h2>選考結果通知（ご記入のうえ、窓口へお返しください）</h2>
        <p>選考結果　　□ 採用　　□ 不採用</p>
        <p>
          採用の場合　働きはじめる日　　　　年　　　月　　　日　　労働条件の相違　□ なし　□ あり
        </p>
        <p>不採用の場合の理由（任意）</p>
        <p>事業所名・ご担当者</p>
      </section>
    </>
  );
}

function Signed({ facts, nameOf }: { readonly facts: Values; readonly nameOf: NameOf }) {
  const date = text(facts['date']);
  return (
    <p class="paper-signed">
      {date && formatWareki(date)}
      <br />
      {nameOf('organisation', facts['org'])}　{nameOf('site', facts['site'])}
      <br />
      担当 {nameOf('staff', facts['staff'])}
    </p>
  );
}
