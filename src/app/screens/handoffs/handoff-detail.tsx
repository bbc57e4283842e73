/** One handoff: what was told, what became of it, and what this desk may do next. */
import { useState } from 'preact/hooks';
import { codeLabel } from '../../../domain/codes.ts';
import { stateOf } from '../../../domain/kind.ts';
import { partOf, type Rec } from '../../../domain/record.ts';
import { text } from '../../../domain/value.ts';
import { useWrite } from '../../form/use-write.ts';
import { consentEnd } from '../../logic/consent-ended.ts';
import { handoffSteps, isGone, stateWords } from '../../logic/handoff-boxes.ts';
import type { Leaving } from '../../logic/handoff-leaving.ts';
import { namesOf } from '../../logic/names-of.ts';
import { useSession } from '../../state/context.ts';
import { useLeaving, useUnsentStep } from '../../state/leaving.ts';
import { go } from '../../state/nav.ts';
import { Button } from '../../ui/button.tsx';
import { ConflictNotice } from '../../ui/conflict-notice.tsx';
import { ProblemNotice, Tag } from '../../ui/notice.tsx';
import { DateText } from '../../ui/text.tsx';
import { Accept } from './accept.tsx';
import { GiveButton } from './give-button.tsx';
import { OfferView } from './offer-view.tsx';
import { StepForm } from './step-form.tsx';
import { useLeftOver } from './use-new-person.ts';

/** Steps with something to say stand open in a form; the others are one tap. */
const plain: Readonly<Record<string, string>> = {
  start: '対応をはじめる',
  close: '引継ぎを終える',
  send: '送る',
  redraft: '下書きにもどして直す',
  sendUnnamed: 'もう一度送る',
  refuseConsent: '同意されなかった',
  recordConsent: '直して送る',
};
const asking: Readonly<Record<string, string>> = {
  accept: '受け入れる',
  return: '差し戻す',
  report: '結果を報告する',
  cancel: '取りやめる',
};

const weights: Readonly<Record<string, 'primary' | 'plain'>> = {
  accept: 'primary',
  report: 'primary',
  close: 'primary',
  send: 'primary',
  sendUnnamed: 'primary',
  recordConsent: 'primary',
  cancel: 'plain',
};

/** What is meant to be pressed stands at the right end, as everywhere. */
const byWeight = (a: string, b: string) => rank(a) - rank(b);
const rank = (step: string) =>
  ({ plain: 0, secondary: 1, primary: 2 })[weights[step] ?? 'secondary'];

interface HandoffDetailProps {
  readonly record: Rec;
  readonly onClose: () => void;
}

export function HandoffDetail({ record, onClose }: HandoffDetailProps) {
  const { actor, get, carried } = useSession();
  const nameOf = namesOf(get);
  const facts = partOf(record, 'facts');
  const isCarried = carried.value.some((one) => one.handoff === record.id);
  const leaving = useLeaving()(record);
  const isUnsent = useUnsentStep(record);
  const over = stateOf(record) === 'cancelled' && consentEnd(get, record);
  return (
    <div class="handoff-detail">
      <div class="handoff-bar">
        <Tag tone="accent">{stateWords(record, actor, leaving)}</Tag>
        {isCarried && <Tag tone="warning">サーバー未確認</Tag>}
        {isUnsent && <Tag tone="warning">未送信</Tag>}
        <span class="quiet">
          <DateText date={text(facts['date'])} />
        </span>
        <Button kind="plain" size="small" onPress={onClose}>
          一覧へ
        </Button>
      </div>
      {leaving && stateOf(record) === 'sent' && <p class="quiet">{leavingWords[leaving]}</p>}
      {isCarried && (
        <p class="quiet">
          手渡しで受け取りました。つながると、サーバーが確かめます。いま受け入れて、相談を始められます。
        </p>
      )}
      {over && <p class="handoff-outcome">{over}</p>}
      <OfferView
        facts={facts}
        offer={partOf(record, 'offer')}
        isGone={isGone(record)}
        from={`${nameOf('organisation', facts['org'])}・${nameOf('site', facts['site'])}`}
      />
      <ConflictNotice records={[record]} />
      <Outcome record={record} />
      <Steps record={record} />
    </div>
  );
}

const leavingWords: Readonly<Record<Leaving, string>> = {
  here: 'つながると、自動で送ります。それまで相手には見えません。急ぐときは「つながらないときの受け渡し」を使えます。',
  byHand: '相手に手渡しました。つながると、サーバーにも自動で送ります。二重にはなりません。',
  waits: 'サーバーに届いています。もとの記録が届くと、自動で相手に見えます。',
};

function Steps({ record }: { readonly record: Rec }) {
  const { actor } = useSession();
  const [open, setOpen] = useState<string>();
  const write = useWrite();
  const hasLeft = useLeftOver(record);
  const close = () => setOpen(undefined);
  const press = async (step: string) => {
    if (asking[step]) return setOpen(step);
    if (step === 'recordConsent') return go('handoff-new', { handoff: record.id });
    const saved = await write.save(`handoff.${step}`, { id: record.id });
    const isNamed = partOf(record, 'facts')['named'] === true;
    if (saved !== undefined && step === 'redraft' && isNamed)
      go('handoff-new', { handoff: record.id });
  };
  return (
    <>
      <ProblemNotice problem={write.problem} />
      <div class="handoff-steps">
        <GiveButton record={record} />
        <OpenPerson record={record} />
        {hasLeft && <Button onPress={() => setOpen('accept')}>受け入れの書きかけを見る</Button>}
        {handoffSteps(record, actor)
          .toSorted(byWeight)
          .map((step) => (
            <Button
              key={step}
              kind={weights[step] ?? 'secondary'}
              busy={write.busy}
              onPress={() => press(step)}
            >
              {asking[step] ?? plain[step]}
            </Button>
          ))}
      </div>
      {open === 'accept' && <Accept record={record} onClose={close} />}
      {open !== undefined && open !== 'accept' && (
        <StepForm record={record} step={open} title={asking[open] ?? ''} onClose={close} />
      )}
    </>
  );
}

function OpenPerson({ record }: { readonly record: Rec }) {
  const { actor, get } = useSession();
  const ids = [partOf(record, 'sender')['fromSeeker'], partOf(record, 'receiver')['toSeeker']];
  const own = ids.find((id) => partOf(get('seeker', text(id) ?? ''), 'facts')['org'] === actor.org);
  const seeker = text(own);
  return seeker ? <Button onPress={() => go('seeker', { seeker })}>この方のページへ</Button> : null;
}

function Outcome({ record }: { readonly record: Rec }) {
  const { returnReason } = partOf(record, 'facts');
  const { result, returnNote } = partOf(record, 'answer');
  const reason = text(returnReason);
  const note = text(partOf(record, 'sender')['senderNote']);
  return (
    <>
      {reason && (
        <p class="handoff-outcome">
          <strong>差し戻しの理由</strong> {codeLabel('returnReason', reason)} {text(returnNote)}
        </p>
      )}
      {text(result) && (
        <p class="handoff-outcome pre">
          <strong>結果</strong> {text(result)}
        </p>
      )}
      {note && (
        <div class="private-note">
          <p class="private-label">送る側のメモ（相手には伝わりません）</p>
          <p class="pre">{note}</p>
        </div>
      )}
    </>
  );
}
